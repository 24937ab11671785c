import type { NumberedMessage } from '../recording/numbered-messages.js';
import type { MessageContent, MessageRow } from './control.js';

/** How much of a payload a row shows. */
const shownBytes = 200;
/** The most rows of one answer. */
export const mostRows = 1000;

const factsOf = ({ message: { bytes: _, ...facts }, at, number }: NumberedMessage) => ({ ...facts, number, at });

// Copies: what crosses a port takes its whole buffer along.
export const messageRow = (read: NumberedMessage): MessageRow => ({
  ...factsOf(read),
  start: new Uint8Array(read.message.bytes.subarray(0, shownBytes)),
});
export const messageContent = (read: NumberedMessage): MessageContent => ({ ...factsOf(read), bytes: new Uint8Array(read.message.bytes) });

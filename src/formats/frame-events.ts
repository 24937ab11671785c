import type { Sender } from '../model/frame.js';
import { encodeMessage } from '../wire/frame-encoder.js';
import type { Message } from '../wire/messages.js';
import { bytesTold, type Told } from './told.js';

/** One message of another tool's file. */
export interface ToldMessage {
  readonly from: Sender;
  readonly type: Message['type'];
  readonly bytes: Uint8Array;
  /** True length of the payload; more than `bytes` where the file lacks its end. */
  readonly length: number;
  /** ms since the epoch. */
  readonly atMs: number;
}

/** RFC 6455 section 5.1 wants a client's frames masked; which key it drew is not known, and this one leaves the payload as it is. */
const zeroKey = new Uint8Array(4);

/** One message as a single frame of ours. */
export const frameTold = ({ from, type, bytes, length, atMs }: ToldMessage): Told[] => {
  const frame = encodeMessage(from === 'client' ? { type, bytes, nextKey: () => zeroKey } : { type, bytes });
  const told = bytesTold(from, frame, atMs);
  if (length <= bytes.length) return told;
  const why = 'The file that was imported lacks the end of the message before.';
  const resume = { left: 0, header: '', unfinished: false };
  return [...told, [atMs, { type: 'bytes-lost', from, bytes: length - bytes.length, why, resume }]];
};

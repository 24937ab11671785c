import { saysTheSame } from '../comparison/messages.js';
import { agreedDeflate } from '../wire/extensions.js';
import { createMessageReader, type Message } from '../wire/messages.js';
import type { Recorded } from './recorded.js';

/** How the server's messages differ; texts for people, as captured. */
export interface MessageDifference {
  readonly recorded: string;
  readonly now: string;
}

/** The most that is compared of one message, bytes inflated; further, its length stands for it. */
const comparedBytes = 256 * 1024;
const shownCharacters = 120;
const shownBytes = 32;

/** The data messages of the server, one at a time, so that no more than one has to be kept. */
function* saidBy({ exchange, chunks }: Recorded): Generator<Message, undefined> {
  const { clientSent, serverGot, clientGot } = exchange.heads;
  const deflate = agreedDeflate([clientSent, serverGot], clientGot);
  const reader = createMessageReader({ from: 'server', deflate, limit: comparedBytes });
  for (const { from, chunk } of chunks) {
    if (from !== 'server') continue;
    for (const message of reader.push(chunk)) if (message.type === 'text' || message.type === 'binary') yield message;
  }
}

/**
 * The first message of the server that differs, then the count, where it does. How messages were cut into frames and whether they were
 * compressed is not compared, and neither are Pings, which a server sends by its clock.
 */
export const compareMessages = (recorded: Recorded, now: Recorded): readonly MessageDifference[] => {
  const [then, later] = [saidBy(recorded), saidBy(now)];
  const counts = { recorded: 0, now: 0 };
  let first: MessageDifference | undefined;
  for (;;) {
    const [one, other] = [then.next().value, later.next().value];
    if (!one && !other) break;
    if (one) counts.recorded++;
    if (other) counts.now++;
    if (first || (one && other && saysTheSame(one, other))) continue;
    const number = Math.max(counts.recorded, counts.now);
    first = { recorded: `message ${number}: ${shown(one)}`, now: `message ${number}: ${shown(other)}` };
  }
  const count = { recorded: counted(counts.recorded), now: counted(counts.now) };
  return [...(first ? [first] : []), ...(counts.recorded === counts.now ? [] : [count])];
};

const counted = (count: number): string => `${count} ${count === 1 ? 'message' : 'messages'}`;

const shown = (message: Message | undefined): string => {
  if (!message) return 'none';
  const bytes = Buffer.from(message.bytes.buffer, message.bytes.byteOffset, message.bytes.byteLength);
  if (message.type === 'binary') {
    return `${message.length} bytes ${bytes.toString('hex', 0, shownBytes)}${message.length > shownBytes ? '...' : ''}`;
  }
  const text = bytes.toString('utf8', 0, 4 * shownCharacters).slice(0, shownCharacters);
  return `${JSON.stringify(text)}${message.length > Buffer.byteLength(text) ? `... (${message.length} bytes)` : ''}`;
};

import type { EventBody } from '../model/event.js';
import type { Sender } from '../model/frame.js';

/** An event of an exchange that a file tells of, ms since the epoch. */
export type Told = readonly [atMs: number, event: EventBody];

/** What becomes of one entry: events before its messages, and behind them. */
export interface Plan {
  /** The id that it wants; one of its own when it wants none. */
  readonly id: string | undefined;
  readonly startMs: number;
  readonly imported: EventBody & { readonly type: 'imported' };
  readonly before: readonly Told[];
  /** Its messages are frames of a WebSocket; else they are passed over. */
  readonly hasMessages: boolean;
  /** Given the time of the last message (or of the beginning), and the bytes that the recording now has of each side. */
  after(lastMs: number, bytes: Readonly<Record<Sender, number>>): readonly Told[];
}

/** DevTools date a WebSocket that never was asked for a second before 1970. ms since the epoch. */
export const earliestMs = -1000;
/** The last moment that an event's time can name, ms since the epoch. */
export const latestMs = Date.UTC(9999, 11, 31);

/** Of one event: a line of a recording has a limit. */
const chunkBytes = 1024 * 1024;

/** Bytes as events that a recording can hold. */
export const bytesTold = (from: Sender, bytes: Uint8Array, atMs: number): Told[] => {
  const told: Told[] = [];
  for (let start = 0; start < bytes.length; start += chunkBytes) {
    const part = bytes.subarray(start, start + chunkBytes);
    told.push([atMs, { type: 'bytes', from, data: Buffer.from(part.buffer, part.byteOffset, part.length).toString('base64') }]);
  }
  return told;
};

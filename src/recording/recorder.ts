import type { Event } from '../model/event.js';
import type { Sender } from '../model/frame.js';

/** Where events go so that they can be read again. No method throws; what goes wrong is told to whoever opened it. */
export interface Recorder {
  /** Path of the file; null when it is kept in memory. */
  readonly path: string | null;
  /** Any event but `bytes`. */
  event(event: Event): void;
  /** An event `bytes`, without making one: the chunk is copied before this returns. `atMs` is milliseconds since the epoch. */
  bytes(exchange: string, from: Sender, chunk: Uint8Array, atMs: number): void;
  /** Resolves when everything given so far is in the file. */
  flush(): Promise<void>;
  /** Flushes, waits until the disk has it, ends the worker. What comes after is ignored. */
  close(): Promise<void>;
}

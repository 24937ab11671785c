import type { Event } from '../model/event.js';
import type { Sender } from '../model/frame.js';

/** Where events go: the ledger, the recording, the subscribers. */
export interface Sink {
  event(event: Event): void;
  /** The hot path of event `bytes`: the chunk is only lent. */
  bytes(exchange: string, from: Sender, chunk: Uint8Array, atMs: number): void;
}

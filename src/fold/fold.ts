import type { Event } from '../model/event.js';
import type { Exchange } from '../model/exchange.js';
import type { Sender } from '../model/frame.js';

/** Turns the events of one exchange into the Exchange, as they come. The live engine and the reader of a recording use this one. */
export interface Fold {
  /** The exchange as it stands; a new object after each change. */
  readonly exchange: Exchange;
  apply(event: Event): void;
  /** The fast way in for event `bytes`: no base64, no object. `atMs` is milliseconds since the epoch. */
  bytes(from: Sender, chunk: Uint8Array, atMs: number): void;
}

export declare const startFold: (id: string) => Fold;

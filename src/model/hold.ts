import type { Sender } from './frame.js';

/** Where something can be held: a handshake's request before the server gets it, its answer before the client does, a message on its way. */
export const holdPlaces = ['request', 'response', 'message'] as const;
export type HoldPlace = (typeof holdPlaces)[number];

/** What is to be held from now on. */
export interface HoldSpec {
  readonly at: HoldPlace;
  /** Messages of this side only. */
  readonly from?: Sender;
  /** In the filter language; without it everything fits. */
  readonly match?: string;
  /** So many catches, and then no more. */
  readonly times?: number;
  /** How long each waits at most before it goes on as it was, milliseconds. */
  readonly ms?: number;
}

/** A hold that is in force. */
export interface Hold extends HoldSpec {
  readonly id: string;
  readonly ms: number;
  /** How many it has caught so far. */
  readonly caught: number;
}

/** A message as somebody puts it in, or gets to see it. */
export interface HandMessage {
  readonly type: 'text' | 'binary';
  readonly bytes: Uint8Array;
}

/** Something that waits until somebody lets it go. */
export interface Held {
  readonly id: string;
  /** The hold that caught it. */
  readonly hold: string;
  readonly exchange: string;
  readonly at: HoldPlace;
  /** Who sent it. */
  readonly from: Sender;
  /** ISO time. */
  readonly since: string;
  /** ISO time at which it goes on by itself. */
  readonly until: string;
  /** As its sender sent it: a head as latin1 text, or a message. */
  readonly head: string | null;
  readonly message: HandMessage | null;
}

/** How something that is held goes on. An edited head is latin1 text; what stands behind its blank line is sent behind it. */
export type Verdict =
  | { readonly type: 'pass' }
  | { readonly type: 'drop' }
  | { readonly type: 'edit-head'; readonly raw: string }
  | { readonly type: 'edit-message'; readonly message: HandMessage };

/** `asked`: somebody let it go; `time`: nobody did in time; `left`: a peer has gone; `unheld`: its hold was ended. */
export type ReleaseReason = 'asked' | 'time' | 'left' | 'unheld';

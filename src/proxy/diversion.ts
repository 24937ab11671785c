import type { Ground } from '../faults/apply.js';
import type { EndingHow } from '../faults/changes.js';
import type { WireFrame } from '../faults/flow.js';
import type { Sender } from '../model/frame.js';
import type { Target } from '../model/target.js';
import type { Side } from './side.js';
import type { Tap } from './tap.js';

/**
 * One direction of one exchange, where faults may take it in hand: at once, or while it runs. Until then it costs one look at `active`
 * for each chunk.
 */
export interface Diversion {
  /** Faults have it in hand, or something was put into it: every chunk goes through `push`, and stays so until the end. */
  readonly active: boolean;
  /** Nothing waits in it. */
  readonly empty: boolean;
  /** Bytes that wait for their time, and for nothing else. */
  readonly timed: number;
  /** So much waits that the sender must wait, too; or a fault has it so. Who was told so hears of `room`. */
  readonly full: boolean;
  /** Nothing of that side crosses any more, not even an end. */
  isSilent(side: Sender): boolean;
  /** The other side has gone, and this one is not to know. */
  leave(side: Side): void;
  /** Where its bytes go, and what the pump does at its word. Called once, by the pump. */
  attach(ports: DiversionPorts): void;
  /** It is known what crosses, and faults may take it in hand from here on. */
  begin(what: Crossing): void;
  push(chunk: Uint8Array): void;
  /** The sender said FIN: `carry` is called behind what waits, unless a fault has taken it away. */
  end(carry: () => void): void;
  /** A frame of ours, at the next place where it may stand. False: none is to be had, or too many wait for it. */
  inject(frame: WireFrame): boolean;
  /** What is armed has changed. */
  refresh(): void;
  /** The direction is over. */
  stop(): void;
}

export interface DiversionPorts {
  /** Gives bytes to the receiver, and counts them; false: it takes none any more. */
  readonly write: (bytes: Buffer) => boolean;
  /** A fault ends the connection: the receiver's leg so, the sender's with a reset unless it is to be a FIN. */
  readonly cut: (how: Exclude<EndingHow, 'silence'>, sender?: 'fin') => void;
  /** A fault has the sender wait, from now on. */
  readonly wait: () => void;
  /** There is room again. */
  readonly room: () => void;
  /** Less waits than before. */
  readonly moved?: () => void;
}

export interface DiversionOptions {
  readonly from: Sender;
  readonly tap: Tap;
  readonly target: Target;
  readonly pulse: Pulse;
}

/** What both directions of an exchange know of each other. */
export interface Pulse {
  lastByteMs: number;
  /** Sides of which nothing crosses any more. */
  readonly silent: Set<Sender>;
}

export interface Crossing {
  readonly grounds: readonly Ground[];
  /** Frames, with permessage-deflate or without; null: any bytes. */
  readonly frames: { readonly deflate: boolean } | null;
}

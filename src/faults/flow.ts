import type { Sender } from '../model/frame.js';
import type { EndingHow } from './changes.js';
import type { ParamSpec } from './param-spec.js';

/** One direction at the moment from which a fault has it in hand. Times are milliseconds on the river's clock. */
export interface FlowStart {
  readonly from: Sender;
  readonly nowMs: number;
  /** When this exchange's WebSocket opened, or its tunnel; `nowMs` when that is not known. */
  readonly openedMs: number;
  /** permessage-deflate was agreed on. */
  readonly deflate: boolean;
  /** When bytes last came in this exchange, of either side, as far as faults have its directions in hand; else the beginning. */
  lastByteMs(): number;
  /** A message has begun, and frames of it have gone by already. */
  readonly unfinished?: boolean;
}

/** One frame on its way. Whatever stands here is written; nothing is checked, but `payload` is written masked where there is a `key`. */
export interface WireFrame {
  readonly fin: boolean;
  readonly rsv1: boolean;
  readonly rsv2: boolean;
  readonly rsv3: boolean;
  readonly opcode: number;
  /** Masking key, 4 bytes; null: not masked. */
  readonly key: Uint8Array | null;
  /** Unmasked. */
  readonly payload: Uint8Array;
  /** The bytes as they came; a frame that a fault makes has none. */
  readonly raw?: Uint8Array;
}

/** One whole message on its way, inflated. */
export interface WireMessage {
  readonly type: 'text' | 'binary';
  readonly payload: Uint8Array;
  /** Counted from 0 in this direction, from where the flow was taken in hand. */
  readonly number: number;
  /** The frames as they came; a message that a fault makes has none. */
  readonly frames?: readonly WireFrame[];
}

/** What happens in a direction, in this order. `atMs`: not before that time; what follows never overtakes it. */
export type FlowStep<Unit> =
  /** A unit goes on: to the next fault of this stage, end to the stages below. */
  | { readonly type: 'unit'; readonly unit: Unit; readonly atMs?: number }
  /** Bytes that no other fault of this stage or below sees as units. */
  | { readonly type: 'wire'; readonly bytes: Uint8Array; readonly atMs?: number }
  /**
   * The receiver's leg ends so, and the sender's leg is let go: with RST, or as `sender` says. `silence`: nothing crosses any more in this
   * direction, not even an end.
   */
  | { readonly type: 'end'; readonly how: EndingHow; readonly sender?: 'fin'; readonly atMs?: number }
  /** We stop reading from the sender: its TCP window closes. Until a `resume`. */
  | { readonly type: 'jam'; readonly atMs?: number }
  | { readonly type: 'resume'; readonly atMs?: number };

/** What a fault does with one direction of one exchange. It may keep state; it is asked in the order of the traffic. */
export interface FlowFault<Unit> {
  /** What comes in place of this unit; undefined: it goes on as it is, and nothing is recorded. */
  push(unit: Unit, nowMs: number): readonly FlowStep<Unit>[] | undefined;
  /** When it wants to be woken though nothing comes; null: never. Asked after each call. */
  wakeAt?(): number | null;
  wake?(nowMs: number): readonly FlowStep<Unit>[];
  /** The sender has said FIN: what comes in its place; undefined: the FIN goes on, and so it does where the last step is an `end` by `fin`. */
  end?(nowMs: number): readonly FlowStep<Unit>[] | undefined;
  /**
   * What it holds back goes on, and it holds nothing any more: it was disarmed, something goes by that is no unit (a frame too long to be
   * held), the sender has said Close (which messages must not follow), or FIN where it has no `end`.
   */
  release?(nowMs: number): readonly FlowStep<Unit>[];
  /** Bytes that it holds back, so that the sender can be made to wait before they are too many. */
  held?(): number;
}

/** Holds whole messages in front of the faults; what is behind one waits with it, but for pings and pongs. */
export interface MessageHold {
  /** Whether messages are to be read for it. */
  active(): boolean;
  /** True: it is held, until it is released. */
  take(message: WireMessage): boolean;
}

/** How a held message goes on: as it was, as another one, or not at all. */
export type MessageRelease = 'pass' | 'drop' | Pick<WireMessage, 'type' | 'payload'>;

/** A frame with something else in it, to be written anew. */
export const remade = ({ raw: _, ...frame }: WireFrame, change: Partial<Omit<WireFrame, 'raw'>>): WireFrame => ({ ...frame, ...change });

/** The parameter of every fault that works on a direction. */
export const fromParam = (value: Sender | 'both' = 'server') =>
  ({
    type: 'string',
    default: value,
    choices: ['client', 'server', 'both'],
    about: 'Whose bytes it works on: those that the `client` sent, the `server`, or `both`.',
  }) as const satisfies ParamSpec;

/** Whether the parameter `from` means this direction. */
export const isFrom = (from: Sender | 'both', direction: Sender): boolean => from === 'both' || from === direction;

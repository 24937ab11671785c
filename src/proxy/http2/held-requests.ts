import { byHand } from '../../model/fault-choice.js';
import { frameTypes, writeFrame } from '../../wire/http2/frame.js';
import type { River } from '../river.js';
import type { Tap } from '../tap.js';
import type { Handlers, Verdict } from './direction.js';

/** A stream that a client begins. */
export interface Beginning {
  readonly stream: number;
  /** Its head, where somebody may want to hold it. */
  readonly head: { readonly tap: Tap; readonly raw: string } | null;
  /** Its frames, with the head in these words where somebody changed it. Called when its turn has come. */
  readonly go: (edited: string | null) => Uint8Array;
  /** Somebody has dropped it. */
  readonly drop: () => void;
}

/**
 * Requests that somebody holds. The server must see the numbers of new streams rise (RFC 9113 section 5.1.1), so what the client begins behind
 * a held one waits with it; the streams that are open already go on.
 */
export interface HeldRequests {
  /** False: it need not wait. */
  begins(beginning: Beginning): boolean;
  waits(stream: number): boolean;
  /** A further frame of the client on a stream that waits; `ends`: it gives the stream up. */
  follows(stream: number, frame: { readonly length: number; readonly ends?: boolean; readonly go: () => Uint8Array }): void;
  /** The stream is over before it began; false: it does not wait. */
  forget(stream: number): boolean;
  /** The client has gone: all go on as they were. */
  leave(): void;
  stop(): void;
}

/** Bytes that may wait behind the heads that are held on one connection. */
const heldLimit = 1024 * 1024;

interface Waiting {
  readonly beginning: Beginning;
  /** Undefined: it may go. */
  held: string | undefined;
  edited: string | null;
  readonly frames: (() => Uint8Array)[];
  length: number;
}

/** `say` writes to the server between two frames. */
export const createHeldRequests = ({ holds }: Pick<River, 'holds'>, say: (make: () => Uint8Array) => void): HeldRequests => {
  /** In the order in which they came. */
  const waiting = new Map<number, Waiting>();

  const flush = (): void =>
    say(() => {
      const due: Uint8Array[] = [];
      for (const [stream, { held, beginning, edited, frames }] of waiting) {
        if (held !== undefined) break;
        waiting.delete(stream);
        due.push(beginning.go(edited), ...frames.map((go) => go()));
      }
      return Buffer.concat(due);
    });

  const hold = (entry: Waiting, { tap, raw }: NonNullable<Beginning['head']>): string | null =>
    holds.take({
      ...{ exchange: tap.id, at: 'request', from: 'client', head: raw, message: null, emit: tap.emit },
      onVerdict: (verdict) => {
        const { stream } = entry.beginning;
        if (waiting.get(stream) !== entry) return;
        entry.held = undefined;
        if (verdict.type === 'edit-head') entry.edited = verdict.raw;
        if (verdict.type === 'drop') {
          waiting.delete(stream);
          entry.beginning.drop();
        }
        flush();
      },
    });

  const leave = (): void => {
    for (const { held } of [...waiting.values()]) if (held !== undefined) holds.leave({ held });
  };

  const isTooMuch = (): boolean => {
    let sum = 0;
    for (const { length } of waiting.values()) sum += length;
    return sum > heldLimit;
  };

  const bound = (): void => {
    if (!isTooMuch()) return;
    for (const { held, beginning } of waiting.values())
      if (held !== undefined)
        beginning.head?.tap.emit({
          type: 'fault-failed',
          id: byHand,
          message: `more than ${heldLimit} bytes of this connection wait behind what is held: it went on`,
        });
    leave();
  };

  return {
    begins: (beginning) => {
      const entry: Waiting = { beginning, held: undefined, edited: null, frames: [], length: beginning.head?.raw.length ?? 0 };
      const { head, stream } = beginning;
      const held = head && holds.wants('request') ? hold(entry, head) : null;
      if (held === null && waiting.size === 0) return false;
      entry.held = held ?? undefined;
      waiting.set(stream, entry);
      bound();
      return true;
    },
    waits: (stream) => waiting.has(stream),
    follows: (stream, { length, ends, go }) => {
      const entry = waiting.get(stream);
      if (!entry) return;
      entry.frames.push(go);
      entry.length += length;
      if (ends && entry.held !== undefined) holds.leave({ held: entry.held });
      bound();
    },
    forget: (stream) => {
      const entry = waiting.get(stream);
      if (!entry) return false;
      waiting.delete(stream);
      if (entry.held !== undefined) holds.leave({ held: entry.held });
      flush();
      return true;
    },
    leave,
    stop: () => {
      const left = [...waiting.values()];
      waiting.clear();
      for (const { held } of left) if (held !== undefined) holds.leave({ held });
    },
  };
};

/** Handlers of the client's frames: those of a stream that waits are handled when its turn has come. */
export const behindHeld = (requests: HeldRequests, handlers: Handlers): Handlers => ({
  ...handlers,
  piece: (part) => {
    const { stream } = part.head;
    if (!requests.waits(stream)) return handlers.piece(part);
    // The chunk is only lent.
    const kept = { ...part, raw: Buffer.from(part.raw), payload: Buffer.from(part.payload) };
    requests.follows(stream, { length: kept.raw.length, go: () => bytesOf(handlers.piece(kept), kept.raw) });
    return false;
  },
  frame: (head, payload) => {
    if (!requests.waits(head.stream) || head.type === frameTypes.priority) return handlers.frame(head, payload);
    const kept = Buffer.from(payload);
    const go = (): Uint8Array => bytesOf(handlers.frame(head, kept), writeFrame(head, kept));
    requests.follows(head.stream, { length: kept.length, ends: head.type === frameTypes.reset, go });
    return false;
  },
});

const bytesOf = (verdict: Verdict, raw: Buffer): Uint8Array => (verdict === true ? raw : verdict === false ? Buffer.alloc(0) : verdict);

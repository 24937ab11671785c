import type { Sender } from '../../model/frame.js';
import type { Head } from '../../model/head.js';
import type { Target } from '../../model/target.js';
import { writeBody, writeWindowUpdate } from '../../wire/http2/frame.js';
import { crossingOf, diversionsOf } from '../diversions.js';
import type { River } from '../river.js';
import type { Tap } from '../tap.js';
import type { Direction, Verdict } from './direction.js';

/** Faults on the messages, frames and bytes of a WebSocket that is a stream of an HTTP/2 connection. */
export interface StreamDiversions {
  /** A piece of a DATA frame of this side. True: it went through the hand of faults, and does not cross as it came. */
  takes(from: Sender, payload: Buffer): boolean;
  /** All of a DATA frame has come: `credit` is what it took of the windows, `ends` whether it was the last (RFC 9113 section 6.1). */
  finishes(from: Sender, frame: { readonly credit: number; readonly ends: boolean }): boolean;
  /** WINDOW_UPDATE of the receiver of this side's bytes, for this stream: what is due for bytes of ours stays here. */
  credits(from: Sender, bytes: number): Verdict;
  /** RST_STREAM of this side. True: its own end still waits in the hand of faults, and the reset comes behind that, by `then`. */
  defers(from: Sender, then: () => void): boolean;
  /** A frame of WebSocket among those of this side. */
  readonly opening: ReturnType<typeof diversionsOf>;
  stop(): void;
}

export interface StreamDiversionsAt {
  readonly river: River;
  readonly stream: { readonly id: number; readonly tap: Tap; readonly target: Target };
  readonly answer: Head;
  /** Of the whole connection. */
  readonly connection: Balance;
  /** The direction that carries the bytes of that side. */
  readonly directions: Readonly<Record<Sender, Direction>>;
  /** So many bytes went on. */
  readonly wrote: (from: Sender, bytes: number) => void;
  /** The stream ends by a fault; the receiver of that side's bytes is told so. */
  readonly cut: (from: Sender, how: 'fin' | 'reset') => void;
  /** That side has said its last. */
  readonly ended: (from: Sender) => void;
}

/**
 * Bytes of DATA of one side that came and did not go on (above 0), or that went on and never came. The receiver gives their credit back with
 * the rest, and the sender must not get it.
 */
export type Balance = Record<Sender, number>;

/** What becomes of a WINDOW_UPDATE of the receiver of these bytes. */
export const keepOwed = (
  balance: Balance,
  from: Sender,
  { stream, bytes }: { readonly stream: number; readonly bytes: number },
): Verdict => {
  const owed = Math.min(bytes, Math.max(0, -balance[from]));
  if (owed === 0) return true;
  balance[from] += owed;
  return owed === bytes ? false : writeWindowUpdate(stream, bytes - owed);
};

const otherOf = (side: Sender): Sender => (side === 'client' ? 'server' : 'client');

export const createStreamDiversions = (at: StreamDiversionsAt): StreamDiversions => {
  const { river, stream, answer, connection, directions, wrote, cut, ended } = at;
  const diversions = diversionsOf(river, stream.tap, stream.target);
  const balance: Balance = { client: 0, server: 0 };
  /** Sides whose END_STREAM has come and still waits. */
  const ending = new Set<Sender>();
  const deferred = new Map<Sender, () => void>();

  for (const from of ['client', 'server'] as const) {
    diversions[from].attach({
      write: (bytes) => {
        balance[from] -= bytes.length;
        connection[from] -= bytes.length;
        wrote(from, bytes.length);
        directions[from].say(() => writeBody(stream.id, bytes, false));
        return true;
      },
      cut: (how) => cut(from, how),
      // Many streams share one connection: it is read on, and the windows of the stream hold its sender back.
      wait: () => {},
      room: () => {},
    });
  }
  const crossing = crossingOf(stream.target, answer);
  for (const one of [diversions.client, diversions.server]) one.begin(crossing);

  /** What nobody will get must not shrink the sender's windows. */
  const giveBack = (from: Sender): void => {
    const dropped = balance[from];
    if (dropped <= 0 || !diversions[from].empty) return;
    balance[from] = 0;
    connection[from] -= dropped;
    directions[otherOf(from)].say(() => Buffer.concat([writeWindowUpdate(stream.id, dropped), writeWindowUpdate(0, dropped)]));
  };

  return {
    opening: diversions,
    takes: (from, payload) => {
      if (!diversions[from].active) return false;
      stream.tap.bytes(from, payload);
      diversions[from].push(payload);
      return true;
    },
    finishes: (from, { credit, ends }) => {
      if (!diversions[from].active) return false;
      balance[from] += credit;
      connection[from] += credit;
      if (ends) {
        ending.add(from);
        diversions[from].end(() => {
          directions[from].say(() => writeBody(stream.id, Buffer.alloc(0)));
          ending.delete(from);
          ended(from);
          deferred.get(from)?.();
        });
      } else giveBack(from);
      return true;
    },
    credits: (from, bytes) => keepOwed(balance, from, { stream: stream.id, bytes }),
    defers: (from, then) => {
      if (!ending.has(from)) return false;
      deferred.set(from, then);
      return true;
    },
    stop: () => {
      for (const one of [diversions.client, diversions.server]) one.stop();
    },
  };
};

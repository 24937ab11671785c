import type { Sender } from '../../model/frame.js';
import type { Head } from '../../model/head.js';
import type { Target } from '../../model/target.js';
import { writeBody, writeWindowUpdate } from '../../wire/http2/frame.js';
import { crossingOf, diversionsOf } from '../diversions.js';
import { limits } from '../limits.js';
import type { River } from '../river.js';
import type { Tap } from '../tap.js';
import type { Direction, Verdict } from './direction.js';
import { createOutbox } from './outbox.js';
import { type Balance, keepOwed, type Room, type Windows } from './windows.js';

/** Faults on the messages, frames and bytes of a WebSocket that is a stream of an HTTP/2 connection. */
export interface StreamDiversions {
  /** A piece of a DATA frame of this side. True: it went through the hand of faults, and does not cross as it came. */
  takes(from: Sender, payload: Buffer): boolean;
  /** All of a DATA frame has come: `credit` is what it took of the windows, `ends` whether it was the last (RFC 9113 section 6.1). */
  finishes(from: Sender, frame: { readonly credit: number; readonly ends: boolean }): boolean;
  /** WINDOW_UPDATE of the receiver of this side's bytes, for this stream: what is due for bytes of ours stays here. */
  credits(from: Sender, bytes: number): Verdict;
  /** The receiver of this side's bytes takes more of them. */
  pour(from: Sender): void;
  /** RST_STREAM of this side. True: its own end still waits in the hand of faults, and the reset comes behind that, by `then`. */
  defers(from: Sender, then: () => void): boolean;
  /** A frame of WebSocket among those of this side. */
  readonly opening: ReturnType<typeof diversionsOf>;
  stop(): void;
}

export interface StreamDiversionsAt {
  readonly river: River;
  readonly stream: { readonly id: number; readonly tap: Tap; readonly target: Target; readonly room: Room };
  readonly answer: Head;
  readonly windows: Windows;
  /** The direction that carries the bytes of that side. */
  readonly directions: Readonly<Record<Sender, Direction>>;
  /** So many bytes went on. */
  readonly wrote: (from: Sender, bytes: number) => void;
  /** The stream ends by a fault; the receiver of that side's bytes is told so. */
  readonly cut: (from: Sender, how: 'fin' | 'reset') => void;
  /** That side has said its last. */
  readonly ended: (from: Sender) => void;
}

/** What faults hold of a stream is given back in steps of so many bytes, or half a window. */
const leastCredit = 16_384;

const otherOf = (side: Sender): Sender => (side === 'client' ? 'server' : 'client');

export const createStreamDiversions = (at: StreamDiversionsAt): StreamDiversions => {
  const { river, stream, answer, windows, directions, wrote, cut, ended } = at;
  const diversions = diversionsOf(river, stream.tap, stream.target);
  const balance: Balance = { client: 0, server: 0 };
  /** Sides whose END_STREAM has come and still waits. */
  const ending = new Set<Sender>();
  const deferred = new Map<Sender, () => void>();

  const count = (from: Sender, bytes: number): void => {
    balance[from] += bytes;
    windows.balance[from] += bytes;
  };
  const outboxes = { client: createOutbox(), server: createOutbox() };

  const pour = (from: Sender): void => {
    const outbox = outboxes[from];
    const due = outbox.take(Math.min(stream.room[from], windows.connection[from]));
    if (due.length > 0) {
      windows.spend(from, due.length, stream);
      count(from, -due.length);
      directions[from].say(() => writeBody(stream.id, due, false));
    }
    outbox.settle();
  };

  /**
   * What nobody will get must not shrink the sender's windows, and what faults hold until more has come must not stop it from coming: a message
   * may be longer than the window. What only waits for its time, or for the receiver, slows the sender down as it should.
   */
  const giveBack = (from: Sender): void => {
    const one = diversions[from];
    const idle = balance[from] - one.timed - outboxes[from].length;
    const least = one.empty ? 1 : Math.min(leastCredit, Math.ceil(windows.initial[from] / 2));
    if (idle < least || one.full) return;
    count(from, -idle);
    directions[otherOf(from)].say(() => Buffer.concat([writeWindowUpdate(stream.id, idle), writeWindowUpdate(0, idle)]));
  };

  for (const from of ['client', 'server'] as const) {
    diversions[from].attach({
      write: (bytes) => {
        if (outboxes[from].length + bytes.length > limits.http2DueBytes) {
          cut(from, 'reset');
          return false;
        }
        wrote(from, bytes.length);
        outboxes[from].push(bytes);
        pour(from);
        return true;
      },
      cut: (how) => outboxes[from].behind(() => cut(from, how)),
      // Many streams share one connection: it is read on, and the windows of the stream hold its sender back.
      wait: () => {},
      room: () => giveBack(from),
      moved: () => giveBack(from),
    });
  }
  const crossing = crossingOf(stream.target, answer);
  for (const one of [diversions.client, diversions.server]) one.begin(crossing);

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
      count(from, credit);
      if (ends) {
        ending.add(from);
        diversions[from].end(() =>
          outboxes[from].behind(() => {
            directions[from].say(() => writeBody(stream.id, Buffer.alloc(0)));
            ending.delete(from);
            ended(from);
            deferred.get(from)?.();
          }),
        );
      } else giveBack(from);
      return true;
    },
    pour,
    credits: (from, bytes) => keepOwed(balance, from, { stream: stream.id, bytes }),
    defers: (from, then) => {
      if (!ending.has(from)) return false;
      deferred.set(from, then);
      return true;
    },
    stop: () => {
      for (const one of [diversions.client, diversions.server]) one.stop();
      for (const from of ['client', 'server'] as const) {
        // The connection outlives the stream, and what nobody will get of it.
        const left = balance[from];
        if (left <= 0) continue;
        count(from, -left);
        directions[otherOf(from)].say(() => writeWindowUpdate(0, left));
      }
    },
  };
};

import { type Clock, isoTime } from '../model/clock.js';
import type { Event } from '../model/event.js';
import type { Sender } from '../model/frame.js';
import type { ResumeOf } from './losses.js';
import { createMessageWalk, type MessageWalk } from './message-walk.js';
import type { Recorder } from './recorder.js';

export interface PayloadLimit {
  /** What is given to it is passed on, but for payload over the limit. */
  around<R extends Recorder>(recorder: R): R;
  /** As a recorder asks it, in step with every part of a chunk. */
  readonly resumeOf: ResumeOf;
}

export interface PayloadLimitOptions {
  /** The most payload bytes of one message, and of one side of a body or a tunnel. */
  readonly limit: number;
  readonly clock: Clock;
  /** Whether WebSocket frames are due from that side. */
  readonly framesDue: (exchange: string, from: Sender) => boolean;
  /** Gets each `bytes-lost` that this makes. */
  readonly onLost: (event: Event) => void;
}

/** What was left out is told at the latest after this time, in milliseconds, also in the middle of a message. */
const tellMs = 100;

interface Side {
  readonly exchange: string;
  readonly from: Sender;
  readonly walk: MessageWalk;
  /** Bytes that are no frames, kept so far. */
  opaque: number;
  /** Bytes left out that nobody was told of. */
  lost: number;
}

/**
 * Keeps payloads out of a recording beyond a limit, on this side of the recorder: headers of frames are looked at only when a limit was asked for.
 */
export const createPayloadLimit = ({ limit, clock, framesDue, onLost }: PayloadLimitOptions): PayloadLimit => {
  const sides: Record<Sender, Map<string, Side>> = { client: new Map(), server: new Map() };
  const untold = new Set<Side>();
  let timer: NodeJS.Timeout | undefined;

  const sideOf = (exchange: string, from: Sender): Side => {
    let side = sides[from].get(exchange);
    if (!side) {
      side = { exchange, from, walk: createMessageWalk(limit), opaque: 0, lost: 0 };
      sides[from].set(exchange, side);
    }
    return side;
  };
  const resumeOf: ResumeOf = (exchange, from) => (framesDue(exchange, from) ? sideOf(exchange, from).walk.resume() : undefined);

  const around = <R extends Recorder>(recorder: R): R => {
    const tell = (side: Side): void => {
      if (side.lost === 0) return;
      const { exchange, from, lost } = side;
      const resume = resumeOf(exchange, from);
      const at = isoTime(clock.now());
      const event: Event = { at, exchange, type: 'bytes-lost', from, bytes: lost, why: 'max-payload', ...(resume && { resume }) };
      side.lost = 0;
      untold.delete(side);
      recorder.event(event);
      onLost(event);
    };
    const tellAll = (): void => {
      clearTimeout(timer);
      timer = undefined;
      for (const side of [...untold]) tell(side);
    };
    const leaveOut = (side: Side, bytes: number): void => {
      side.lost += bytes;
      untold.add(side);
      timer ??= setTimeout(tellAll, tellMs).unref();
    };

    const opaque = (side: Side, chunk: Uint8Array, atMs: number): void => {
      const kept = Math.min(chunk.length, Math.max(0, limit - side.opaque));
      side.opaque += kept;
      if (kept > 0) recorder.bytes(side.exchange, side.from, chunk.subarray(0, kept), atMs);
      if (kept < chunk.length) leaveOut(side, chunk.length - kept);
    };
    const frames = (side: Side, chunk: Uint8Array, atMs: number): void => {
      side.walk.push(chunk, {
        keep: (start, end) => recorder.bytes(side.exchange, side.from, chunk.subarray(start, end), atMs),
        leaveOut: (bytes) => leaveOut(side, bytes),
        beforeKept: () => tell(side),
        unreadable: (start) => opaque(side, chunk.subarray(start), atMs),
      });
    };

    return {
      ...recorder,
      event: (event) => {
        const own = event.type === 'closed' ? (['client', 'server'] as const).map((from) => sides[from].get(event.exchange)) : [];
        for (const side of own) if (side) tell(side);
        recorder.event(event);
        if (own.length === 0) return;
        sides.client.delete(event.exchange);
        sides.server.delete(event.exchange);
      },
      bytes: (exchange, from, chunk, atMs) => {
        const side = sideOf(exchange, from);
        (framesDue(exchange, from) ? frames : opaque)(side, chunk, atMs);
      },
      flush: () => {
        tellAll();
        return recorder.flush();
      },
      close: () => {
        tellAll();
        return recorder.close();
      },
    };
  };
  return { around, resumeOf };
};

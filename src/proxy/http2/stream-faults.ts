import type { Http2Change } from '../../faults/changes.js';
import type { Sender } from '../../model/frame.js';
import type { Target } from '../../model/target.js';
import {
  errorNamed,
  type FrameHead,
  frameTypes,
  readSettings,
  writeFrame,
  writeGoaway,
  writeReset,
  writeSettings,
} from '../../wire/http2/frame.js';
import { faultStage } from '../fault-stage.js';
import type { River } from '../river.js';
import type { Tap } from '../tap.js';
import type { Direction, Verdict } from './direction.js';
import { close, type Stream } from './stream.js';

/** Faults of the stage `http2`: what an HTTP/2 connection does to its streams and tells of itself. */
export interface StreamFaults {
  /** The server's SETTINGS on their way to the client. */
  settings(tap: Tap, target: Target, payload: Buffer): Verdict;
  /** A handshake begins on a stream. True: the server never hears of it. */
  begins(stream: Stream): boolean;
  /** The client has got its answer. */
  answered(stream: Stream): void;
  /** Whether this frame does not cross. */
  keeps(from: Sender, head: FrameHead): boolean;
  stop(): void;
}

export interface StreamFaultsAt {
  readonly river: River;
  readonly upward: Direction;
  readonly downward: Direction;
  /** Its frames go nowhere from here on. */
  readonly bury: (stream: Stream) => void;
  /** The whole connection ends. */
  readonly end: () => void;
}

export const createStreamFaults = ({ river, upward, downward, bury, end }: StreamFaultsAt): StreamFaults => {
  const changes = new Map<number, Http2Change>();
  const timers = new Set<NodeJS.Timeout>();

  const reset = (stream: Stream, code: string, heard: boolean): void => {
    if (stream.over) return;
    bury(stream);
    const number = errorNamed(code);
    downward.say(() => writeReset(stream.id, number));
    if (heard) upward.say(() => writeReset(stream.id, errorNamed('CANCEL')));
    stream.tap.emit({ type: 'end', leg: 'client', how: 'reset', by: 'shakedown', code: `H2_${code}` });
    if (heard) stream.tap.emit({ type: 'end', leg: 'server', how: 'reset', by: 'shakedown', code: 'H2_CANCEL' });
    close(stream);
  };

  const goaway = (stream: Stream, { code, debug, last }: NonNullable<Http2Change['goaway']>): void => {
    // Client streams have odd numbers; the one before this is two less.
    const lastStream = last === 'this' ? stream.id : Math.max(0, stream.id - 2);
    downward.say(() => writeGoaway({ lastStream, code: errorNamed(code), debug }));
    stream.tap.emit({ type: 'end', leg: 'client', how: 'fin', by: 'shakedown', code: `H2_${code}` });
    end();
  };

  return {
    settings: (tap, target, payload) => {
      const change = faultStage(river, tap, { stage: 'http2', input: { event: 'settings', stream: 0 }, target, grounds: ['h2', 'tls'] });
      if (!change?.withoutExtendedConnect) return true;
      const { ENABLE_CONNECT_PROTOCOL: _, ...rest } = readSettings(payload);
      return writeFrame({ type: frameTypes.settings, flags: 0, stream: 0 }, writeSettings(rest));
    },
    begins: (stream) => {
      const input = { event: 'stream', stream: stream.id } as const;
      const change = faultStage(river, stream.tap, { stage: 'http2', input, target: stream.target, grounds: ['h2', 'tls'] });
      if (!change) return false;
      changes.set(stream.id, change);
      if (change.reset?.at !== 'request' && change.goaway?.at !== 'request') return false;
      // The server's table is to be as if this block had never been.
      upward.recode();
      if (change.goaway?.at === 'request') goaway(stream, change.goaway);
      if (change.reset?.at === 'request') reset(stream, change.reset.code, false);
      return true;
    },
    answered: (stream) => {
      const change = changes.get(stream.id);
      if (!change) return;
      if (change.goaway?.at === 'answer') goaway(stream, change.goaway);
      const due = change.reset;
      if (due?.at !== 'answer') return;
      const timer = setTimeout(() => {
        timers.delete(timer);
        reset(stream, due.code, true);
      }, due.afterMs ?? 0);
      timers.add(timer);
    },
    keeps: (from, { type, stream }) => type === frameTypes.windowUpdate && changes.get(stream)?.stalledWindow === from,
    stop: () => {
      for (const timer of timers) clearTimeout(timer);
      changes.clear();
    },
  };
};

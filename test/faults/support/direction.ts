import { knownFault } from '../../../src/faults/find.js';
import { createFlows, type FlowDraws, type FlowStage } from '../../../src/faults/flows.js';
import type { Outcome } from '../../../src/faults/pipeline.js';
import { createRandom } from '../../../src/faults/random.js';
import type { AppliedFault, ParamValues } from '../../../src/model/fault-choice.js';
import type { Sender } from '../../../src/model/frame.js';
import { encodeMessage } from '../../../src/wire/frame-encoder.js';
import { createFrameSplitter } from '../../../src/wire/frame-splitter.js';
import { drawOf, target } from '../sample.js';

/** What happens at that millisecond: bytes come, the sender says FIN, or another set of faults is armed. */
export interface Act {
  readonly ms: number;
  readonly bytes?: Uint8Array;
  readonly end?: true;
  readonly arm?: readonly Armed[];
}
export type Armed = readonly [id: string, params?: ParamValues];

export interface Got {
  readonly ms: number;
  readonly bytes: Uint8Array;
}

export interface Played {
  readonly got: readonly Got[];
  /** `fin 100`: the end that the sender made came then; `cut fin 100`: one that a fault made. */
  readonly ends: readonly string[];
  /** All bytes, latin1. */
  readonly text: string;
  /** The most bytes that faults held back at one time. */
  readonly mostHeld: number;
  readonly applied: readonly AppliedFault[];
  readonly failed: readonly string[];
}

export interface Setting {
  readonly from?: Sender;
  readonly frames?: boolean;
  readonly deflate?: boolean;
  readonly seed?: number;
  /** Where time ends, milliseconds. */
  readonly untilMs?: number;
  /** When bytes of the other side came. */
  readonly otherSide?: readonly number[];
}

/** One direction on a clock of its own, from time 0 on: the pipeline with these faults, and a river that delivers what it says in time. */
export const playDirection = (armed: readonly Armed[], acts: readonly Act[], setting: Setting = {}): Played => {
  const { from = 'server', frames = true, deflate = false, seed = 42, untilMs = 1_000_000_000, otherSide = [] } = setting;
  const applied: AppliedFault[] = [];
  const failed: string[] = [];
  const came: number[] = [];
  let now = 0;
  const flows = createFlows({
    start: {
      ...{ from, nowMs: 0, openedMs: 0, deflate },
      lastByteMs: () => Math.max(0, ...came, ...otherSide.filter((ms) => ms <= now)),
    },
    ...{ target, grounds: ['http/1.1'], frames },
    resume: () => undefined,
    random: createRandom(seed, 'keys'),
    onApplied: (_, record) => void applied.push(record),
    onFailed: ({ message }) => void failed.push(message),
  });
  const draws = (list: readonly Armed[]): FlowDraws => {
    const made: Record<FlowStage, ReturnType<typeof drawOf>[]> = { message: [], frame: [], close: [], bytes: [] };
    for (const [id, params] of list) {
      const fault = knownFault(id);
      if (!fault) throw new Error(`no fault ${id}`);
      made[fault.stage as FlowStage].push({ ...drawOf(fault, params), random: createRandom(seed, id) });
    }
    return made;
  };

  const got: Got[] = [];
  const ends: string[] = [];
  let lastDue = 0;
  let over = false;
  let mostHeld = 0;
  const take = (steps: readonly Outcome[]): void => {
    for (const step of steps) {
      lastDue = Math.max(lastDue, step.atMs ?? 0, now);
      if (over) return;
      if (step.type === 'unit') got.push({ ms: lastDue, bytes: Uint8Array.from(step.unit) });
      else {
        ends.push(`${step.type === 'end' ? `cut ${step.how}` : step.type} ${lastDue}`);
        over = step.type === 'end';
      }
    }
    mostHeld = Math.max(mostHeld, flows.pipeline.held());
  };
  const wakeUntil = (ms: number): void => {
    for (let due = flows.pipeline.wakeAt(); due !== null && due <= ms && !over; due = flows.pipeline.wakeAt()) {
      now = Math.max(now, due);
      take(flows.pipeline.wake(now));
    }
    now = Math.max(now, ms);
  };

  flows.use(draws(armed), 0);
  for (const { ms, bytes, end, arm } of acts) {
    wakeUntil(ms);
    if (arm) {
      flows.use(draws(arm), now);
      take(flows.pipeline.wake(now));
    }
    if (bytes) {
      came.push(ms);
      take(flows.pipeline.push(bytes, now));
    }
    if (end) {
      const { steps, carried, atMs = 0 } = flows.pipeline.end(now);
      take(steps);
      if (carried && !over) ends.push(`fin ${Math.max(lastDue, atMs, now)}`);
    }
  }
  wakeUntil(untilMs);
  const text = Buffer.concat(got.map(({ bytes }) => bytes)).toString('latin1');
  return { got, ends, text, mostHeld, applied, failed };
};

const kinds: Readonly<Record<number, string>> = { 2: 'binary ', 8: 'close ', 9: 'ping ', 10: 'pong ' };

/** The frames that arrived, each with its time: `one@100`, `ping @100`; what is no whole frame as `?`. */
export const arrivalsOf = ({ got }: Pick<Played, 'got'>): readonly string[] => {
  const splitter = createFrameSplitter({ maxPayload: 64 * 1024 * 1024 });
  return got.flatMap(({ ms, bytes }) =>
    splitter.push(bytes).map((part) => {
      if (part.type === 'bytes') return `?@${ms}`;
      const payload = Buffer.from(part.payload);
      return `${kinds[part.header.opcode] ?? ''}${part.header.opcode === 8 ? payload.readUInt16BE(0) : payload.toString()}@${ms}`;
    }),
  );
};

/** What arrived, without its times. */
export const saidIn = (played: Pick<Played, 'got'>): readonly string[] => arrivalsOf(played).map((text) => text.replace(/@[^@]*$/, ''));

/** One frame of the server. */
export const frame = (bytes: string | Uint8Array, type: 'text' | 'binary' | 'ping' | 'pong' | 'close' = 'text'): Uint8Array =>
  encodeMessage({ type, bytes: typeof bytes === 'string' ? Buffer.from(bytes) : bytes });

export const closing = frame(Buffer.from([3, 232]), 'close');

/** Texts, one each `every` milliseconds from 0 on. */
export const texts = (words: readonly string[], every = 10): readonly Act[] =>
  words.map((word, index) => ({ ms: index * every, bytes: frame(word) }));

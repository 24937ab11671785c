import type { Random } from '../model/clock.js';
import type { AppliedFault } from '../model/fault-choice.js';
import type { FrameResume } from '../model/frame.js';
import { sentenceOf } from '../model/problem.js';
import type { Target } from '../model/target.js';
import { type Ground, groundTrouble } from './apply.js';
import type { Draw } from './armory.js';
import type { Link, Note } from './chain.js';
import { stepsText, unitText } from './describe-flow.js';
import type { Fault } from './fault.js';
import type { FlowFault, FlowStart, MessageHold, WireFrame, WireMessage } from './flow.js';
import type { ParamSpecs, ValuesOf } from './param-spec.js';
import { createPipeline, type Pipeline } from './pipeline.js';

export const flowStages = ['message', 'frame', 'close', 'bytes'] as const;
export type FlowStage = (typeof flowStages)[number];
export type FlowDraws = Readonly<Record<FlowStage, readonly Draw[]>>;

/** The faults of one direction of one exchange, as they come and go. */
export interface Flows {
  readonly pipeline: Pipeline;
  /** These are in force from now on; a fault that was already keeps what it remembers. True: there is at least one that works on this direction. */
  use(draws: FlowDraws, nowMs: number): boolean;
}

export interface FlowsOptions {
  readonly start: FlowStart;
  readonly target: Target;
  readonly grounds: readonly Ground[];
  readonly frames: boolean;
  readonly resume: () => FrameResume | undefined;
  readonly random: Random;
  readonly onApplied: (key: string, record: AppliedFault) => void;
  readonly onFailed: (failure: { readonly id: string; readonly message: string }) => void;
  readonly hold?: MessageHold;
}

/** One fault may change each of a million messages: so many changes of one direction are written down, the first ones. */
export const mostRecords = 20;

interface Known {
  readonly draw: Draw;
  /** Null: it leaves this direction alone, or cannot work here. */
  readonly flow: FlowFault<unknown> | null;
  records: number;
}

export const createFlows = (options: FlowsOptions): Flows => {
  const { start, target, grounds, onApplied, onFailed } = options;
  const known = new Map<string, Known>();
  const leg: AppliedFault['leg'] = start.from === 'client' ? 'server' : 'client';

  const onNote = (note: Note): void => {
    const entry = known.get(note.key);
    if (note.type === 'failed') {
      onFailed({ id: entry?.draw.fault.id ?? 'faults on frames', message: note.message });
      return;
    }
    if (!entry || entry.records >= mostRecords) return;
    entry.records += 1;
    const { choice, fault } = entry.draw;
    const record = { id: fault.id, params: choice.params, stage: fault.stage, leg };
    onApplied(note.key, { ...record, before: unitText(note.before), after: stepsText(note.steps, note.before) });
  };

  const pipeline = createPipeline({ ...options, onNote });

  const begin = (draw: Draw, nowMs: number): FlowFault<unknown> | null => {
    const { choice, fault, random } = draw;
    const trouble = groundTrouble(fault, grounds);
    if (trouble !== undefined) {
      onFailed({ id: fault.id, message: trouble });
      return null;
    }
    try {
      const made = (fault as unknown as Fault<FlowStage>).apply(
        { ...start, nowMs, unfinished: pipeline.unfinished },
        choice.params as ValuesOf<ParamSpecs>,
        {
          target,
          random,
        },
      );
      return (made as FlowFault<unknown> | undefined) ?? null;
    } catch (thrown) {
      onFailed({ id: fault.id, message: sentenceOf(thrown) });
      return null;
    }
  };

  const linksOf = <Unit>(draws: readonly Draw[], nowMs: number): readonly Link<Unit>[] =>
    draws.flatMap((draw) => {
      const { key } = draw.choice;
      const entry = known.get(key) ?? { draw, flow: begin(draw, nowMs), records: 0 };
      known.set(key, entry);
      // The stage was matched by the armory.
      return entry.flow ? [{ key, fault: entry.flow as FlowFault<Unit> }] : [];
    });

  return {
    pipeline,
    use: (draws, nowMs) => {
      const links = {
        message: linksOf<WireMessage>(draws.message, nowMs),
        frame: linksOf<WireFrame>(draws.frame, nowMs),
        close: linksOf<WireFrame>(draws.close, nowMs),
        bytes: linksOf<Uint8Array>(draws.bytes, nowMs),
      };
      pipeline.use(links, nowMs);
      const armed = new Set(flowStages.flatMap((stage) => draws[stage].map(({ choice }) => choice.key)));
      // A key is never given twice: what is no longer armed need not be remembered.
      for (const key of known.keys()) if (!armed.has(key)) known.delete(key);
      return Object.values(links).some((list) => list.length > 0);
    },
  };
};

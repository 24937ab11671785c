import { opcodes } from '../model/frame.js';
import type { FlowFault, FlowStart, FlowStep, WireFrame } from './flow.js';
import type { ParamSpec } from './param-spec.js';

/** Where something is put between the frames of a direction: the parameters that faults share which do so. */
export const insertionParams = {
  message: {
    type: 'number',
    default: 1,
    min: 0,
    max: 1_000_000_000,
    whole: true,
    about: 'Behind this message of the direction, counted from 1 since it was taken in hand; 0: behind the opening of the WebSocket.',
  },
  ms: { type: 'number', default: 0, min: 0, max: 3_600_000, about: 'So many milliseconds behind that.' },
} as const satisfies Readonly<Record<string, ParamSpec>>;

interface Values {
  readonly message: number;
  readonly ms: number;
}

/**
 * Puts something in once, never inside a message and never behind a Close. `behind` works on the frames that follow; without it they go on
 * as they are.
 */
export const insertion = (
  start: FlowStart,
  { message, ms }: Values,
  work: { readonly make: () => readonly FlowStep<WireFrame>[]; readonly behind?: FlowFault<WireFrame>['push'] },
): FlowFault<WireFrame> => {
  let count = 0;
  let inside = start.unfinished ?? false;
  let dueMs: number | null = message === 0 ? start.openedMs + ms : null;
  let done: 'no' | 'made' | 'too late' = 'no';

  const isDue = (nowMs: number): boolean => done === 'no' && !inside && dueMs !== null && dueMs <= nowMs;
  const make = (): readonly FlowStep<WireFrame>[] => {
    done = 'made';
    return work.make();
  };

  return {
    push: (frame, nowMs) => {
      if (done === 'made') return work.behind?.(frame, nowMs);
      if (frame.opcode === opcodes.close && done === 'no') done = 'too late';
      if (frame.opcode <= opcodes.binary) {
        inside = !frame.fin;
        if (frame.fin) count += 1;
        if (frame.fin && count === message) dueMs = nowMs + ms;
      }
      return isDue(nowMs) ? [{ type: 'unit', unit: frame }, ...make()] : undefined;
    },
    wakeAt: () => (done === 'no' && !inside ? dueMs : null),
    wake: (nowMs) => (isDue(nowMs) ? make() : []),
  };
};

import type { Scene } from '../support/scene.js';

/** A connection on which nothing happens for longer than the fault waits. */
const quiet = { messages: [] } as const;

/** By id of the fault: where it does not show itself in the usual scene. */
export const bytes: Readonly<Record<string, Scene>> = {
  // What a usual timeout of tens of seconds is diagnosed as stands in test/cases: here nobody waits for so long.
  'idle-cut': { ...quiet, choice: 'idle-cut:ms=100' },
  'age-cut': { ...quiet, choice: 'age-cut:ms=100' },
  'reset-after': { ...quiet },
  // It keeps the end from coming: whoever waits for it waits as long as here.
  'half-open': { patienceMs: 400, settleMs: 1500 },
  'slow-start': { messages: ['x'.repeat(300)] },
  'corrupt-bytes': { besides: 'ws says Close 1002 to such a frame, and the echo of that is a finding of its own.' },
};

import { applyFaults } from '../faults/apply.js';
import type { ServedStage, StageTypes } from '../faults/fault.js';
import type { Target } from '../model/target.js';
import type { River } from './river.js';
import type { Tap } from './tap.js';

/** Applies what is armed for one stage of one exchange, and records it. Undefined: nothing changes. */
export const faultStage = <S extends ServedStage>(
  river: River,
  tap: Tap,
  at: { readonly stage: S; readonly input: StageTypes[S]['input']; readonly target: Target },
): StageTypes[S]['output'] | undefined => {
  const draws = river.armory.forStage(at.stage, tap.ordinal);
  if (draws.length === 0) return undefined;
  const { output, applied, failed } = applyFaults(at.stage, at.input, { draws, target: at.target });
  for (const { key, record } of applied) {
    tap.emit({ type: 'fault', fault: record });
    river.armory.noteApplied(key);
  }
  for (const { id, message } of failed) tap.emit({ type: 'fault-failed', id, message });
  return output;
};

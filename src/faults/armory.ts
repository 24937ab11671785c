import type { Random } from '../model/clock.js';
import type { EngineEventBody } from '../model/event.js';
import type { FaultChoice } from '../model/fault-choice.js';
import { Problem } from '../model/problem.js';
import { didYouMean } from '../wire/nearest.js';
import { parseChoice } from './choice.js';
import type { Fault, ServedStage } from './fault.js';
import { findFault } from './find.js';
import { shown } from './params.js';
import { createRandom } from './random.js';

/** The most faults that can be armed at once. */
export const armedLimit = 100;

export type ArmoryChange = Extract<EngineEventBody, { readonly type: 'armed' | 'disarmed' }>;

/** An armed choice; its `times` is what is left of them. `applied` counts the exchanges that got it since it was armed. */
export interface Armed {
  readonly choice: FaultChoice;
  readonly applied: number;
}

/** A choice that one exchange gets, with the fault's own randomness for that exchange. */
export interface Draw {
  readonly choice: FaultChoice;
  readonly fault: Fault;
  readonly random: Random;
}

/** The one place that knows which faults are armed. */
export interface Armory {
  /** `text` in the syntax of `--fault`. Throws a Problem (SHK_FAULT). */
  arm(text: string): Armed;
  /** Throws a Problem (SHK_NOT_FOUND) when nothing is armed under that key. */
  disarm(key: string): void;
  /** In the order of arming. */
  list(): readonly Armed[];
  /** What the exchange with that number (the first is 1) gets at that stage, in the order of arming. Asking twice gives the same. */
  forStage(stage: ServedStage, exchange: number): readonly Draw[];
  /** Counts one application, and disarms the choice when its times are spent. A key that is no longer armed is passed over. */
  noteApplied(key: string): void;
}

interface Entry extends Armed {
  readonly fault: Fault;
}

const none: readonly Draw[] = [];

/** `seed` decides every draw; `onChange` hears of arming and disarming, after the fact. */
export const createArmory = ({ seed, onChange }: { seed: number; onChange: (change: ArmoryChange) => void }): Armory => {
  const armed = new Map<string, Entry>();
  // A key is never given twice: a late count for a disarmed choice must not hit its successor.
  const given = new Map<string, number>();

  const newKey = (id: string): string => {
    const nth = (given.get(id) ?? 0) + 1;
    given.set(id, nth);
    return nth === 1 ? id : `${id}.${nth}`;
  };

  const arm = (text: string): Armed => {
    const choice = parseChoice(text);
    if (armed.size >= armedLimit) throw new Problem('SHK_FAULT', `${armedLimit} faults are armed, the most that can be.`, 'Disarm some.');
    const entry: Entry = { choice: { key: newKey(choice.fault), ...choice }, fault: findFault(choice.fault), applied: 0 };
    armed.set(entry.choice.key, entry);
    onChange({ type: 'armed', choice: entry.choice });
    return plain(entry);
  };

  const disarm = (key: string): void => {
    if (!armed.delete(key)) {
      const hint = didYouMean(key, [...armed.keys()]);
      throw new Problem('SHK_NOT_FOUND', `No fault is armed as ${shown(key)}${hint || '.'}`, 'List the armed faults for their keys.');
    }
    onChange({ type: 'disarmed', key, why: 'asked' });
  };

  const forStage = (stage: ServedStage, exchange: number): readonly Draw[] => {
    if (armed.size === 0) return none;
    return [...armed.values()]
      .filter(({ fault, choice }) => fault.stage === stage && createRandom(seed, exchange, choice.key).next() < choice.probability)
      .map(({ fault, choice }) => ({ choice, fault, random: createRandom(seed, exchange, choice.key, 'apply') }));
  };

  const noteApplied = (key: string): void => {
    const entry = armed.get(key);
    if (!entry) return;
    const times = entry.choice.times === null ? null : entry.choice.times - 1;
    // Setting a key that is there keeps its place, and with it the order of arming.
    armed.set(key, { ...entry, choice: { ...entry.choice, times }, applied: entry.applied + 1 });
    if (times !== 0) return;
    armed.delete(key);
    onChange({ type: 'disarmed', key, why: 'spent' });
  };

  return { arm, disarm, list: () => [...armed.values()].map(plain), forStage, noteApplied };
};

const plain = ({ choice, applied }: Entry): Armed => ({ choice, applied });

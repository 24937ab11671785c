import type { Random } from '../model/clock.js';
import type { EngineEventBody } from '../model/event.js';
import type { Exchange } from '../model/exchange.js';
import type { FaultChoice, Stage } from '../model/fault-choice.js';
import { Problem } from '../model/problem.js';
import { didYouMean } from '../wire/nearest.js';
import { type Choice, parseChoice } from './choice.js';
import type { Fault } from './fault.js';
import { findFault } from './find.js';
import { checkMatch, createPicker, type Picker } from './occasion.js';
import { shown } from './params.js';
import { createRandom } from './random.js';

/** The most faults that can be armed at once. */
export const armedLimit = 500;

export type ArmoryChange = Extract<EngineEventBody, { readonly type: 'armed' | 'disarmed' }>;
type Why = Extract<ArmoryChange, { readonly type: 'disarmed' }>['why'];

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

/** The exchange that a stage is asked for. */
export interface Asking {
  /** Counts from 1 in the order of arrival. */
  readonly ordinal: number;
  /** The exchange as it stands; asked only where a choice has a match. */
  look(): Exchange | undefined;
}

/** The one place that knows which faults are armed. */
export interface Armory {
  /** `text` in the syntax of `--fault`, or a choice. Throws a Problem (SHK_FAULT). */
  arm(choice: string | Choice): Armed;
  /** Faults that share one occasion: one count of exchanges, one draw. All of them or, with a Problem, none. */
  armTogether(choices: readonly Choice[]): readonly Armed[];
  /** Throws a Problem (SHK_NOT_FOUND) when nothing is armed under that key. */
  disarm(key: string, why?: Why): void;
  /** In the order of arming. */
  list(): readonly Armed[];
  /** What this exchange gets at that stage, in the order of arming. Asking twice gives the same. */
  forStage(stage: Stage, asking: Asking): readonly Draw[];
  /** Whether anything is armed for one of these stages. */
  serves(stages: readonly Stage[]): boolean;
  /** That exchange got it. Disarms the choice when its times are spent; a key that is no longer armed is passed over. */
  noteApplied(key: string, ordinal: number): void;
  /** That exchange is over. */
  forget(ordinal: number): void;
  /** Hears after each change of what is armed; returns the function that ends it. */
  watch(listener: () => void): () => void;
}

interface Entry {
  readonly choice: FaultChoice;
  readonly fault: Fault;
  readonly picker: Picker;
  /** For exchanges that were picked already. */
  spent: boolean;
}

const none: readonly Draw[] = [];

export interface ArmoryOptions {
  /** Decides every draw. */
  readonly seed: number;
  /** Hears of arming and disarming, after the fact. */
  readonly onChange: (change: ArmoryChange) => void;
  /** Milliseconds that grow, for `after` and `until`. */
  readonly now?: () => number;
}

export const createArmory = ({ seed, onChange, now = () => 0 }: ArmoryOptions): Armory => {
  const entries = new Map<string, Entry>();
  const watchers = new Set<() => void>();
  // A key is never given twice: a late count for a disarmed choice must not hit its successor.
  const given = new Map<string, number>();

  const newKey = (id: string): string => {
    const nth = (given.get(id) ?? 0) + 1;
    given.set(id, nth);
    return nth === 1 ? id : `${id}.${nth}`;
  };
  const tell = (): void => {
    for (const watcher of [...watchers]) watcher();
  };

  const armTogether = (choices: readonly Choice[]): readonly Armed[] => {
    const found = choices.map((choice) => {
      const fault = findFault(choice.fault);
      if (choice.match !== undefined) checkMatch(choice.match, fault);
      return { choice, fault };
    });
    if (entries.size + choices.length > armedLimit) {
      throw new Problem('SHK_FAULT', `${entries.size} faults are armed, and ${armedLimit} can be armed at once.`, 'Disarm some.');
    }
    let picker: Picker | undefined;
    const made = found.map(({ choice, fault }) => {
      const key = newKey(choice.fault);
      picker ??= createPicker(choice, { seed, key, now });
      const entry: Entry = { choice: { key, ...choice }, fault, picker, spent: false };
      entries.set(key, entry);
      return entry;
    });
    for (const { choice } of made) onChange({ type: 'armed', choice });
    tell();
    return made.map(plain);
  };

  const disarm = (key: string, why: Why = 'asked'): void => {
    const entry = entries.get(key);
    if (!entry || entry.spent) {
      const hint = didYouMean(
        key,
        live().map(({ choice }) => choice.key),
      );
      throw new Problem('SHK_NOT_FOUND', `No fault is armed as ${shown(key)}${hint || '.'}`, 'List the armed faults for their keys.');
    }
    entries.delete(key);
    onChange({ type: 'disarmed', key, why });
    tell();
  };

  const live = (): readonly Entry[] => [...entries.values()].filter(({ spent }) => !spent);

  /** Those of a picker whose times are spent stay for the exchanges that it picked, and then go. */
  const sweep = (): void => {
    for (const [key, { spent, picker }] of entries) if (spent && picker.open === 0) entries.delete(key);
  };

  return {
    arm: (given) => {
      const [armed] = armTogether([typeof given === 'string' ? parseChoice(given) : given]);
      if (!armed) throw new Error('nothing was armed');
      return armed;
    },
    armTogether,
    disarm,
    list: () => live().map(plain),
    forStage: (stage, { ordinal, look }) => {
      if (entries.size === 0) return none;
      return [...entries.values()]
        .filter(({ fault, picker }) => fault.stage === stage && picker.picks(ordinal, look))
        .map(({ fault, choice }) => ({ choice, fault, random: createRandom(seed, ordinal, choice.key, 'apply') }));
    },
    serves: (stages) => {
      for (const { fault } of entries.values()) if (stages.includes(fault.stage)) return true;
      return false;
    },
    noteApplied: (key, ordinal) => {
      const entry = entries.get(key);
      if (!entry?.picker.note(ordinal)) return;
      for (const other of entries.values()) {
        if (other.picker !== entry.picker || other.spent) continue;
        other.spent = true;
        onChange({ type: 'disarmed', key: other.choice.key, why: 'spent' });
      }
      tell();
    },
    forget: (ordinal) => {
      if (entries.size === 0) return;
      for (const { picker } of entries.values()) picker.forget(ordinal);
      sweep();
    },
    watch: (listener) => {
      watchers.add(listener);
      return () => void watchers.delete(listener);
    },
  };
};

const plain = ({ choice, picker }: Entry): Armed => ({ choice: { ...choice, times: picker.times }, applied: picker.applied });

import type { Random } from '../model/clock.js';
import type { EngineEventBody } from '../model/event.js';
import type { Exchange } from '../model/exchange.js';
import type { FaultChoice, Stage } from '../model/fault-choice.js';
import { Problem } from '../model/problem.js';
import { didYouMean } from '../wire/nearest.js';
import { type Choice, parseChoice } from './choice.js';
import type { Fault } from './fault.js';
import { findFault } from './find.js';
import { checkFit, type Ground } from './fitness.js';
import { createPicker, type Picker } from './occasion.js';
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

/** What became of the rules of a source, counted. */
export interface Replaced {
  readonly kept: number;
  readonly added: number;
  readonly removed: number;
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
  /**
   * Those rules, each the faults of one occasion, in place of the ones that this source had armed before. A rule that was there with the same
   * content stays as it is: its keys, its counts, and that it is spent or was disarmed by hand. All of them or, with a Problem, no change.
   */
  replace(source: string, rules: readonly (readonly Choice[])[]): Replaced;
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

/** A rule of a source, and what it armed. */
interface Rule {
  readonly content: string;
  readonly entries: readonly Entry[];
}

export interface ArmoryOptions {
  /** Decides every draw. */
  readonly seed: number;
  /** Hears of arming and disarming, after the fact. */
  readonly onChange: (change: ArmoryChange) => void;
  /** Milliseconds that grow, for `after` and `until`. */
  readonly now?: () => number;
  /** What is known before any traffic, for refusing what could never apply. */
  readonly ground?: Ground;
}

export const createArmory = ({ seed, onChange, now = () => 0, ground = { http2: 'mirror' } }: ArmoryOptions): Armory => {
  let entries = new Map<string, Entry>();
  const sources = new Map<string, readonly Rule[]>();
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

  const checked = (choices: readonly Choice[]) =>
    choices.map((choice) => {
      const fault = findFault(choice.fault);
      checkFit(choice, fault, ground);
      return { choice, fault };
    });
  const checkRoom = (armed: number, more: number): void => {
    if (armed + more <= armedLimit) return;
    throw new Problem(
      'SHK_FAULT',
      `${armed} ${armed === 1 ? 'fault is' : 'faults are'} armed${more > 1 ? `, ${more} are to come` : ''}, and ${armedLimit} can be armed at once.`,
      'Disarm some.',
    );
  };

  /** Entries that share one picker. */
  const made = (found: ReturnType<typeof checked>): readonly Entry[] => {
    let picker: Picker | undefined;
    return found.map(({ choice, fault }) => {
      const key = newKey(choice.fault);
      picker ??= createPicker(choice, { seed, key, now });
      return { choice: { key, ...choice }, fault, picker, spent: false };
    });
  };

  const armTogether = (choices: readonly Choice[]): readonly Armed[] => {
    const found = checked(choices);
    checkRoom(entries.size, found.length);
    const added = made(found);
    for (const entry of added) entries.set(entry.choice.key, entry);
    for (const { choice } of added) onChange({ type: 'armed', choice });
    tell();
    return added.map(plain);
  };

  const replace = (source: string, rules: readonly (readonly Choice[])[]): Replaced => {
    const before = [...(sources.get(source) ?? [])];
    const plan = rules.map((choices) => {
      const content = JSON.stringify(choices);
      const at = before.findIndex((rule) => rule.content === content);
      const kept = at === -1 ? undefined : before.splice(at, 1)[0];
      return { content, kept, found: kept ? [] : checked(choices) };
    });
    const gone = before.flatMap((rule) => rule.entries).filter(({ choice }) => entries.has(choice.key));
    const more = plan.reduce((sum, { found }) => sum + found.length, 0);
    checkRoom(entries.size - gone.length, more);
    const next = plan.map(({ content, kept, found }): Rule => kept ?? { content, entries: made(found) });
    const added = next.filter((_, at) => plan[at]?.kept === undefined);

    // The rules stand in the order of their source, where the first of them stood: what is armed by hand afterwards comes behind them.
    const own = new Set([...(sources.get(source) ?? []), ...added].flatMap((rule) => rule.entries));
    const fresh = new Set(added.flatMap((rule) => rule.entries));
    const all = [...entries.values()];
    const first = all.findIndex((entry) => own.has(entry));
    const others = all.filter((entry) => !own.has(entry));
    const ours = next.flatMap((rule) => rule.entries).filter((entry) => fresh.has(entry) || entries.has(entry.choice.key));
    const place = first === -1 ? others.length : first;
    entries = new Map([...others.slice(0, place), ...ours, ...others.slice(place)].map((entry) => [entry.choice.key, entry]));
    sources.set(source, next);
    for (const { choice, spent } of gone) if (!spent) onChange({ type: 'disarmed', key: choice.key, why: 'reloaded' });
    for (const { choice } of fresh) onChange({ type: 'armed', choice });
    tell();
    return { kept: next.length - added.length, added: added.length, removed: before.length };
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
    replace,
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

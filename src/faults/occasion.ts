import { compileFilter } from '../filter/filter.js';
import type { Exchange } from '../model/exchange.js';
import type { Occasion, Stage } from '../model/fault-choice.js';
import { isSettled, knownFrom, stageOrder } from './known-from.js';
import { createRandom } from './random.js';

/** Which exchanges are picked, on one occasion that one or more faults share. */
export interface Picker {
  /** Whether this exchange gets the faults. Once picked it stays so until it is forgotten; asking twice counts once. */
  picks(ordinal: number, look: () => Exchange | undefined): boolean;
  /** One exchange got them. Counts once for each exchange; true: the times are spent, and no new exchange is picked. */
  note(ordinal: number): boolean;
  forget(ordinal: number): void;
  /** Times that are left; null: without end. */
  readonly times: number | null;
  /** Exchanges that got them so far. */
  readonly applied: number;
  /** Picked exchanges that are not forgotten. */
  readonly open: number;
}

export interface PickerOptions {
  readonly seed: number;
  /** Names the stream of chance. */
  readonly key: string;
  /** Milliseconds; grows. */
  readonly now: () => number;
}

/** Why a match cannot decide about faults of that stage; undefined: it can. Throws a Problem when it cannot be read at all. */
export const matchTrouble = (match: string, stage: Stage): string | undefined => {
  const filter = compileFilter(match);
  if (filter.asksForMessages)
    return 'a rule decides about an exchange before its messages come: a fault on messages says by its own parameters which ones get it (`contains`, `message`)';
  for (const name of filter.fields) {
    const from = knownFrom(name);
    if (from === null) return `${name} is not known while the traffic passes`;
    if (stageOrder(stage) < stageOrder(from)) return `${name} is known from the stage ${from} on, and the stage ${stage} comes before it`;
  }
  return undefined;
};

const isCounted = (nth: number, { nth: only, first, every }: Occasion): boolean =>
  (only === undefined || nth === only) && (first === undefined || nth <= first) && (every === undefined || nth % every === 0);

export const createPicker = (occasion: Occasion, { seed, key, now }: PickerOptions): Picker => {
  const filter = occasion.match === undefined ? null : compileFilter(occasion.match);
  const armedAt = now();
  /** Exchanges that matched, and whether they are picked. */
  const seen = new Map<number, boolean>();
  const noted = new Set<number>();
  let matched = 0;
  let times = occasion.times;
  let applied = 0;

  const matches = (look: () => Exchange | undefined): boolean => {
    if (!filter) return true;
    const exchange = look();
    if (!exchange || !filter.fields.every((name) => isSettled(name, exchange))) return false;
    return filter.begin({ exchange, findings: () => [] }).result();
  };

  const isTime = (): boolean => {
    const since = now() - armedAt;
    return since >= (occasion.after ?? 0) && since < (occasion.until ?? Number.POSITIVE_INFINITY);
  };

  return {
    picks: (ordinal, look) => {
      const known = seen.get(ordinal);
      if (known !== undefined) return known && (times !== 0 || noted.has(ordinal));
      if (times === 0 || !isTime() || !matches(look)) return false;
      matched += 1;
      const picked = isCounted(matched, occasion) && createRandom(seed, ordinal, key).next() < occasion.probability;
      seen.set(ordinal, picked);
      return picked;
    },
    note: (ordinal) => {
      if (noted.has(ordinal)) return false;
      noted.add(ordinal);
      applied += 1;
      if (times === null) return false;
      times = Math.max(0, times - 1);
      return times === 0;
    },
    forget: (ordinal) => {
      seen.delete(ordinal);
      noted.delete(ordinal);
    },
    get times() {
      return times;
    },
    get applied() {
      return applied;
    },
    get open() {
      return noted.size;
    },
  };
};

export const emptyOccasion: Occasion = { probability: 1, times: null };

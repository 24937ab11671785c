import { defineFault } from '../fault.js';
import { fromParam, isFrom, type WireMessage } from '../flow.js';

export const fault = defineFault({
  id: 'reorder-messages',
  stage: 'message',
  leg: 'both',
  title: 'Messages arrive in another order',
  about:
    'Messages are collected, and as soon as `window` of them are there they go on in another order. After `ms` milliseconds, and in front of a Close, those that are there go on: one alone keeps its place.',
  imitates: 'A fan-out with several workers, a queue without order, two servers behind one socket.',
  params: {
    from: fromParam(),
    window: { type: 'number', default: 2, min: 2, max: 1000, whole: true, about: 'How many messages change places; 2 swaps neighbours.' },
    order: {
      type: 'string',
      default: 'reverse',
      choices: ['reverse', 'shuffled'],
      about: 'The last first, or any order, drawn from the seed.',
    },
    ms: { type: 'number', default: 1000, min: 1, max: 600_000, about: 'How long the first of them waits for the others, milliseconds.' },
  },
  example: 'reorder-messages:window=2',
  expects: [],
  effects: [{ client: 'every client', sees: 'Nothing; an application that counts on the order goes wrong.' }],
  rows: ['frame.reorder'],
  apply: (start, { from, window, order, ms }, { random }) => {
    if (!isFrom(from, start.from)) return undefined;
    let held: WireMessage[] = [];
    let dueMs: number | null = null;
    const release = () => {
      const units = order === 'reverse' ? held.reverse() : shuffled(held, () => random.next());
      held = [];
      dueMs = null;
      return units.map((unit) => ({ type: 'unit', unit }) as const);
    };
    return {
      push: (message, nowMs) => {
        held.push(message);
        dueMs ??= nowMs + ms;
        return held.length < window ? [] : release();
      },
      wakeAt: () => dueMs,
      wake: release,
      release,
      held: () => held.reduce((sum, { payload }) => sum + payload.length, 0),
    };
  },
});

/** Fisher and Yates. */
const shuffled = <T>(list: readonly T[], next: () => number): T[] => {
  const mixed = [...list];
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = Math.floor(next() * (last + 1));
    const [one, two] = [mixed[last] as T, mixed[other] as T];
    mixed[last] = two;
    mixed[other] = one;
  }
  return mixed;
};

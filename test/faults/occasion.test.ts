import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type ArmoryChange, createArmory } from '../../src/faults/armory.js';
import { type Choice, parseChoice } from '../../src/faults/choice.js';
import type { Exchange } from '../../src/model/exchange.js';
import type { Stage } from '../../src/model/fault-choice.js';
import type { Target } from '../../src/model/target.js';
import { emptyExchange } from '../filter/subject.js';

const newArmory = (options: { readonly seed?: number; readonly now?: () => number } = {}) => {
  const changes: ArmoryChange[] = [];
  return { armory: createArmory({ seed: 42, ...options, onChange: (change) => changes.push(change) }), changes };
};
type Armory = ReturnType<typeof newArmory>['armory'];

const to = (path: string, more: Partial<Exchange> = {}): Exchange => {
  const target: Target = { scheme: 'ws', host: 'a.test', port: 80, path };
  return { ...emptyExchange, kind: 'websocket', entrance: 'connect', target, ...more };
};
const keysAt = (armory: Armory, ordinal: number, { stage = 'request', path = '/' }: { stage?: Stage; path?: string } = {}): string[] =>
  armory.forStage(stage, { ordinal, look: () => to(path) }).map(({ choice }) => choice.key);
/** Which of the exchanges 1, 2, ... get it; each is over before the next one begins. */
const struck = (armory: Armory, paths: readonly string[]): number[] =>
  paths.flatMap((path, at) => {
    const ordinal = at + 1;
    const keys = keysAt(armory, ordinal, { path });
    for (const key of keys) armory.noteApplied(key, ordinal);
    armory.forget(ordinal);
    return keys.length > 0 ? [ordinal] : [];
  });
const twelve = Array.from({ length: 12 }, () => '/');

describe('an occasion', () => {
  it.each([
    ['nth=3', [3]],
    ['first=3', [1, 2, 3]],
    ['every=4', [4, 8, 12]],
    ['first=8,every=3', [3, 6]],
    ['times=2', [1, 2]],
    ['every=2,times=2', [2, 4]],
    ['probability=0', []],
  ])('%s picks of twelve exchanges %j', (occasion, ordinals) => {
    const { armory } = newArmory();
    armory.arm(`drop-upgrade:${occasion}`);
    expect(struck(armory, twelve)).toEqual(ordinals);
  });

  it('counts only exchanges that match', () => {
    const { armory } = newArmory();
    armory.arm('drop-upgrade:match=path = /b,nth=2');
    expect(struck(armory, ['/b', '/a', '/a', '/b', '/b'])).toEqual([4]);
  });

  it('counts only exchanges that reach the stage', () => {
    const { armory } = newArmory();
    armory.arm('drop-upgrade:nth=2');
    expect([keysAt(armory, 1, { stage: 'response' }), keysAt(armory, 2), keysAt(armory, 3)]).toEqual([[], [], ['drop-upgrade']]);
  });

  it('begins and ends by the clock, from arming', () => {
    let nowMs = 5000;
    const { armory } = newArmory({ now: () => nowMs });
    armory.arm('drop-upgrade:after=100,until=2s');
    const at = (ms: number, ordinal: number): boolean => {
      nowMs = 5000 + ms;
      return keysAt(armory, ordinal).length > 0;
    };
    expect([at(0, 1), at(99.9, 2), at(100, 3), at(1999, 4), at(2000, 5)]).toEqual([false, false, true, true, false]);
    // One that was picked in time keeps it.
    expect(at(9000, 3)).toBe(true);
  });

  it('does not decide by a field that the exchange cannot tell yet, and is asked again', () => {
    const { armory } = newArmory();
    armory.arm('bad-cert:match=host != b.test,nth=1');
    const ask = (exchange: Exchange) => armory.forStage('client-tls', { ordinal: 1, look: () => exchange }).length;
    expect([ask(to('', { target: null })), ask(to(''))]).toEqual([0, 1]);
  });
});

const together = (...texts: readonly string[]): readonly Choice[] => texts.map(parseChoice);

describe('faults of one rule', () => {
  it('strike the same exchanges', () => {
    const { armory } = newArmory();
    armory.armTogether(together('drop-upgrade:probability=0.5', 'status:probability=0.5'));
    const both = Array.from({ length: 100 }, (_, at) => [
      keysAt(armory, at + 1).length,
      keysAt(armory, at + 1, { stage: 'response' }).length,
    ]);
    expect(both.every(([request, response]) => request === response)).toBe(true);
    expect(new Set(both.map(String)).size).toBe(2);
  });

  it('spend one of their times for an exchange that gets several of them', () => {
    const { armory, changes } = newArmory();
    armory.armTogether(together('drop-upgrade:times=2', 'status:times=2'));
    for (const ordinal of [1, 2]) {
      expect(keysAt(armory, ordinal)).toEqual(['drop-upgrade']);
      armory.noteApplied('drop-upgrade', ordinal);
      expect(armory.list().map(({ applied }) => applied)).toEqual(ordinal === 1 ? [1, 1] : []);
      expect(keysAt(armory, ordinal, { stage: 'response' })).toEqual(['status']);
      armory.noteApplied('status', ordinal);
    }
    expect(changes.filter(({ type }) => type === 'disarmed')).toEqual([
      { type: 'disarmed', key: 'drop-upgrade', why: 'spent' },
      { type: 'disarmed', key: 'status', why: 'spent' },
    ]);
  });

  it('still come to an exchange that got one of them before they were spent', () => {
    const { armory } = newArmory();
    armory.armTogether(together('drop-upgrade:times=1', 'status:times=1'));
    expect([keysAt(armory, 1), keysAt(armory, 2)]).toEqual([['drop-upgrade'], ['drop-upgrade']]);
    armory.noteApplied('drop-upgrade', 2);
    expect(keysAt(armory, 2, { stage: 'response' })).toEqual(['status']);
    expect([keysAt(armory, 1, { stage: 'response' }), keysAt(armory, 3)]).toEqual([[], []]);
    armory.forget(2);
    expect(keysAt(armory, 2, { stage: 'response' })).toEqual([]);
  });
});

describe('a seed', () => {
  const occasions = fc.record(
    {
      probability: fc.double({ min: 0, max: 1, noNaN: true }),
      times: fc.integer({ min: 1, max: 9 }),
      first: fc.integer({ min: 3, max: 30 }),
      every: fc.integer({ min: 1, max: 3 }),
    },
    { requiredKeys: [] },
  );
  const textOf = (occasion: object): string => {
    const pairs = Object.entries(occasion).map(([name, value]) => `${name}=${String(value)}`);
    return pairs.length === 0 ? 'drop-upgrade' : `drop-upgrade:${pairs.join(',')}`;
  };

  it('and the same order of arrival give the same picks', () => {
    fc.assert(
      fc.property(fc.integer(), fc.array(occasions, { maxLength: 4 }), (seed, armed) => {
        const run = (): string[][] => {
          const { armory } = newArmory({ seed });
          for (const occasion of armed) armory.arm(textOf(occasion));
          return Array.from({ length: 30 }, (_, at) => {
            const keys = keysAt(armory, at + 1);
            for (const key of keys) armory.noteApplied(key, at + 1);
            return keys;
          });
        };
        expect(run()).toEqual(run());
      }),
      { numRuns: 30 },
    );
  });
});

describe('ten thousand exchanges', () => {
  afterEach(() => void vi.unstubAllGlobals());

  it('leave nothing behind', () => {
    const collections: { readonly size: number }[] = [];
    const [RealMap, RealSet] = [Map, Set];
    vi.stubGlobal(
      'Map',
      class<K, V> extends RealMap<K, V> {
        constructor(entries?: Iterable<readonly [K, V]>) {
          super(entries);
          collections.push(this);
        }
      },
    );
    vi.stubGlobal(
      'Set',
      class<T> extends RealSet<T> {
        constructor(values?: Iterable<T>) {
          super(values);
          collections.push(this);
        }
      },
    );
    const { armory } = newArmory();
    armory.armTogether(together('drop-upgrade:times=400,match=path = /b', 'status:times=400,match=path = /b'));
    armory.arm('wrong-origin:probability=0.5');
    armory.arm('drop-upgrade:nth=9000');
    const open = 20;
    for (let ordinal = 1; ordinal <= 10_000; ordinal++) {
      for (const key of keysAt(armory, ordinal, { path: ordinal % 2 === 0 ? '/b' : '/a' })) armory.noteApplied(key, ordinal);
      if (ordinal > open) armory.forget(ordinal - open);
    }
    expect(collections.length).toBeGreaterThan(5);
    expect(Math.max(...collections.map(({ size }) => size))).toBeLessThanOrEqual(open);
    expect(armory.list().map(({ choice, applied }) => [choice.key, applied > 0])).toEqual([
      ['wrong-origin', true],
      ['drop-upgrade.2', true],
    ]);
    expect(armory.serves(['response'])).toBe(false);
  });
});

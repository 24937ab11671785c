import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/faults/random.js';

const draws = (count: number, ...parts: (string | number)[]) => {
  const random = createRandom(...parts);
  return Array.from({ length: count }, () => random.next());
};

describe('seeded randomness', () => {
  it('gives the same numbers for the same parts, on every machine', () => {
    expect(draws(3, 42, 1, 'drop-upgrade')).toEqual(draws(3, 42, 1, 'drop-upgrade'));
    expect(draws(3, 42, 1, 'drop-upgrade').map((draw) => draw * 2 ** 32)).toEqual([198143213, 597862095, 2348581148]);
  });

  it('gives other numbers when one part differs', () => {
    const all = [draws(1, 42, 1, 'a'), draws(1, 43, 1, 'a'), draws(1, 42, 2, 'a'), draws(1, 42, 1, 'b'), draws(1, 4, 21, 'a')].flat();
    expect(new Set(all).size).toBe(all.length);
  });

  it('stays at least 0 and under 1', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.integer())), (parts) => {
        for (const draw of draws(20, ...parts)) expect(draw >= 0 && draw < 1).toBe(true);
      }),
    );
  });

  it('falls evenly over the first draws of many exchanges', () => {
    const first = Array.from({ length: 10_000 }, (_, exchange) => createRandom(7, exchange, 'bad-cert').next());
    const tenths = Array.from({ length: 10 }, (_, tenth) => first.filter((draw) => Math.floor(draw * 10) === tenth).length);
    // 1000 each; 150 is five standard deviations.
    for (const count of tenths) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});

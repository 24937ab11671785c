import { describe, expect, it } from 'vitest';
import { createCache } from '../../src/authority/cache.js';

const counting = () => {
  const made: string[] = [];
  return { made, make: (key: string) => async () => `${key}${made.push(key)}` };
};

describe('a cache', () => {
  it('makes a thing once for all who ask while it is made and after', async () => {
    const { made, make } = counting();
    const ask = createCache<string>({ most: 10, keptMs: 1000, clock: { now: () => 0 } });
    expect(await Promise.all([ask('a', make('a')), ask('a', make('a'))])).toEqual(['a1', 'a1']);
    expect(await ask('a', make('a'))).toBe('a1');
    expect(made).toEqual(['a']);
  });

  it('forgets what was asked for longest ago when there are too many', async () => {
    const { made, make } = counting();
    const ask = createCache<string>({ most: 2, keptMs: 1000, clock: { now: () => 0 } });
    for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) await ask(key, make(key));
    expect(made).toEqual(['a', 'b', 'c', 'b']);
  });

  it('makes a thing anew when its time is over', async () => {
    const { made, make } = counting();
    let now = 0;
    const ask = createCache<string>({ most: 2, keptMs: 1000, clock: { now: () => now } });
    for (const at of [0, 999, 1000]) {
      now = at;
      await ask('a', make('a'));
    }
    expect(made).toEqual(['a', 'a']);
  });

  it('forgets a failure at once', async () => {
    const { make } = counting();
    const ask = createCache<string>({ most: 2, keptMs: 1000, clock: { now: () => 0 } });
    await expect(ask('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await ask('a', make('a'))).toBe('a1');
  });
});

import { describe, expect, it } from 'vitest';
import { watchForClients } from '../../src/control/client-watch.js';

const watched = (came: boolean) => {
  const told: string[] = [];
  let look = (): void => {};
  let ended = false;
  const end = watchForClients({
    came: () => came,
    after: (ms, then) => {
      expect(ms).toBe(30_000);
      look = then;
      return () => {
        ended = true;
      };
    },
    tell: (text) => told.push(text),
  });
  return { told, later: () => look(), end, ended: () => ended };
};

describe('when no client comes', () => {
  it('says why that may be, once, after half a minute', () => {
    const { told, later } = watched(false);
    expect(told).toEqual([]);
    later();
    expect(told).toEqual([expect.stringMatching(/^Nothing has arrived for 30 s\..*NO_PROXY.*shakedown run -- CMD/)]);
  });

  it('says nothing when one has come, or when the engine has ended', () => {
    const { told, later, end, ended } = watched(true);
    later();
    end();
    expect(ended()).toBe(true);
    expect(told).toEqual([]);
  });
});

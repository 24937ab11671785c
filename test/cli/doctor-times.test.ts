import { describe, expect, it } from 'vitest';
import { readTime } from '../../src/cli/doctor-times.js';
import { timesOf } from '../../src/control/doctor.js';
import { Problem } from '../../src/model/problem.js';

const timeout = (text: string) => readTime('timeout', text, { bareSeconds: true, least: 100 });
const hold = (text: string) => readTime('hold', text, { bareSeconds: false, least: 0 });

describe('a time of doctor', () => {
  it.each([
    ['5', 5000],
    ['10', 10_000],
    ['0.5', 500],
    ['120', 120_000],
    ['121', 121],
    ['800', 800],
    ['5000', 5000],
    ['5s', 5000],
    ['1.5s', 1500],
    ['10 s', 10_000],
    ['1500ms', 1500],
    ['1500 MS', 1500],
    ['600s', 600_000],
  ])('--timeout %s is %i ms: a bare number is seconds up to 120', (text, ms) => {
    expect(timeout(text)).toBe(ms);
  });

  it.each([
    ['0', 0],
    ['3', 3],
    ['500', 500],
    ['1500', 1500],
    ['2s', 2000],
    ['.25s', 250],
  ])('--hold %s is %i ms: a bare number is milliseconds', (text, ms) => {
    expect(hold(text)).toBe(ms);
  });

  it.each(['', 'soon', '-1', '5m', '1e3', '50ms', '601s', '5 5', 'Infinity'])('--timeout %j is refused', (text) => {
    expect(() => timeout(text)).toThrow(Problem);
  });

  it.each([
    [{}, { timeoutMs: 10_000, holdMs: 1500 }],
    [{ timeoutMs: 1000 }, { timeoutMs: 1000, holdMs: 250 }],
    [{ timeoutMs: 30_000 }, { timeoutMs: 30_000, holdMs: 1500 }],
    [{ holdMs: 60_000 }, { timeoutMs: 68_500, holdMs: 60_000 }],
    [
      { timeoutMs: 3000, holdMs: 2000 },
      { timeoutMs: 3000, holdMs: 2000 },
    ],
  ])('follows from the other where it is not given: %j', (given, times) => {
    expect(timesOf(given)).toEqual(times);
  });

  it('is refused where the watching does not fit into the whole', () => {
    expect(() => timesOf({ timeoutMs: 1000, holdMs: 1000 })).toThrow('does not fit');
  });
});

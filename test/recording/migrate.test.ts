import { expect, it } from 'vitest';
import { currentVersion, migrationFrom, type Step } from '../../src/recording/migrate.js';

const lineage = {
  current: 3,
  steps: new Map<number, Step>([
    [1, ({ when, ...rest }) => ({ ...rest, at: when })],
    [2, (line) => ({ ...line, exchange: String(line.exchange) })],
  ]),
};
const lift = (version: number, line: Record<string, unknown>) => {
  const step = migrationFrom(version, lineage);
  return typeof step === 'string' ? step : step(line);
};

it('lines of an older version go through every step up to the current one', () => {
  expect(lift(1, { when: 'now', exchange: 1 })).toEqual({ at: 'now', exchange: '1' });
  expect(lift(2, { at: 'now', exchange: 1 })).toEqual({ at: 'now', exchange: '1' });
  expect(lift(3, { at: 'now', exchange: 1 })).toEqual({ at: 'now', exchange: 1 });
});

it('a version from the future, and one without a step, are told apart', () => {
  expect(lift(4, {})).toBe('newer');
  expect(lift(0, {})).toBe('unknown');
});

it('the version that is written needs no step', () => {
  expect(migrationFrom(currentVersion)).toBeTypeOf('function');
});

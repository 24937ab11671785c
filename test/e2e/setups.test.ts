import { writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { setups } from '../setups/all.js';
import { type Judged, judge } from '../setups/judge.js';
import type { Setup } from '../setups/setup.js';
import { type Found, findGorilla, findModule, findProgram } from '../support/find.js';

/** `SHAKEDOWN_SETUPS=nginx,ws-` runs those whose id begins so. */
const wanted = (process.env.SHAKEDOWN_SETUPS ?? '').split(',').filter((part) => part !== '');
const chosen = setups.filter(({ id }) => wanted.length === 0 || wanted.some((part) => id.startsWith(part)));
const judged: Judged[] = [];
const looked = new Map<string, Found>();
/** Each is looked for once: Python takes its time to import a package. */
const find = (need: string): Found => {
  const found = looked.get(need) ?? lookFor(need);
  looked.set(need, found);
  return found;
};
const lookFor = (need: string): Found => {
  const [, module] = need.split('python3:');
  if (module !== undefined) return findModule('/usr/bin/python3', module);
  return need === 'gorilla' ? findGorilla() : findProgram(need);
};
const missing = (needs: readonly string[]): boolean => needs.some((need) => 'missing' in find(need));

const causeOf = (code: string | null): string => code?.split('.')[0]?.replace(/^tls$/, 'certificate') ?? '';
const right = (said: { readonly first: string | null }, { cause, codes }: Judged): { readonly cause: boolean; readonly code: boolean } => ({
  cause: causeOf(said.first) === cause,
  code: said.first !== null && codes.includes(said.first),
});

const timed = chosen.filter(({ holdMs }) => holdMs !== undefined);
const others = chosen.filter(({ holdMs }) => holdMs === undefined);
const named = (some: readonly Setup[]) => some.map((setup) => [setup.id, setup] as const);

const isJudgedAlike = (_: string, setup: Setup): void =>
  it.skipIf(missing(setup.needs ?? []))(
    'is judged alike by doctor, live and from the recording',
    async () => {
      const said = await judge(setup);
      judged.push(said);
      if (process.env.SHAKEDOWN_SETUPS !== undefined) console.log(JSON.stringify(said, null, 1));
      if (setup.cause === null) {
        expect(said.doctor).toMatchObject({ ok: true, errors: [] });
        if (said.live) expect(said.live.errors).toEqual([]);
      } else expect(said.doctor).toMatchObject({ ok: false, first: expect.any(String) });
      if (said.live) expect(said.recorded).toEqual(said.live.errors);
      if (setup.mended) expect(said.mended).toBe(true);
      // Five at a time on a machine that has other work: doctor-time.test.ts holds it to its time when it is alone.
      expect(said.doctor.ms).toBeLessThan(20_000);
    },
    120_000,
  );

// They wait more than they work.
describe.concurrent.each(named(others))('%s', isJudgedAlike);
// A timer is told from a crash by tenths of a second: nothing else goes on in this process then.
describe.each(named(timed))('%s', isJudgedAlike);

describe('all of them', () => {
  const share = (of: readonly Judged[], what: (one: Judged) => boolean): number => of.filter(what).length / Math.max(1, of.length);

  it.each(['doctor', 'live'] as const)('%s names the right cause in 95 of 100, and the right code in 85 of 100', (who) => {
    const broken = judged.filter((one) => one.cause !== null && one[who] !== null);
    const wrong = broken
      .filter((one) => !right(one[who] ?? { first: null }, one).code)
      .map((one) => `${one.id}: ${one[who]?.first} in place of ${one.codes[0]}`);
    expect(
      share(broken, (one) => right(one[who] ?? { first: null }, one).cause),
      wrong.join('\n'),
    ).toBeGreaterThanOrEqual(0.95);
    expect(
      share(broken, (one) => right(one[who] ?? { first: null }, one).code),
      wrong.join('\n'),
    ).toBeGreaterThanOrEqual(0.85);
  });
});

// `SHAKEDOWN_OBSERVE=1` writes what docs/setups.md is made from.
afterAll(() => {
  if (process.env.SHAKEDOWN_OBSERVE === undefined) return;
  const lines = setups.flatMap(({ id }) => judged.filter((one) => one.id === id)).map((one) => JSON.stringify(lasting(one)));
  writeFileSync(new URL('../../docs/setups.json', import.meta.url), `[\n${lines.join(',\n')}\n]\n`);
});

/** Without what differs from run to run. */
const lasting = ({ doctor: { ms: _, ...said }, ...one }: Judged) => ({ ...one, doctor: said });

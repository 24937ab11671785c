import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { compareExchanges } from '../../src/comparison/compare.js';
import type { Compared } from '../../src/comparison/comparison.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { recordedExchanges } from '../../src/formats/recorded-exchanges.js';
import { displayWidth } from '../../src/wire/visible.js';
import { allCases } from '../support/cases.js';
import { exchangeFrom } from '../support/exchange.js';

const canned = fileURLToPath(new URL('../recordings/v1.jsonl', import.meta.url));
const silent = async function* () {};
const cases = allCases();
const all: Compared[] = cases.map(({ script }) => {
  const exchange = exchangeFrom(script);
  return { exchange, findings: diagnose(exchange), messages: silent };
});
beforeAll(async () => {
  for await (const each of recordedExchanges(canned)) all.push(each);
});

describe('the laws of comparing', () => {
  it('nothing differs from itself', async () => {
    for (const each of all)
      expect({ id: each.exchange.id, ...(await compareExchanges(each, each)) }).toMatchObject({ same: true, differences: [] });
  });

  it('what is compared the other way round is the mirror image, in the same order', async () => {
    const nth = fc.nat().map((number) => number % all.length);
    await fc.assert(
      fc.asyncProperty(nth, nth, async (one, other) => {
        const [a, b] = [all[one], all[other]];
        if (!a || !b) return;
        const [there, back] = [await compareExchanges(a, b), await compareExchanges(b, a)];
        expect(back).toEqual({ ...there, differences: there.differences.map((each) => ({ ...each, a: each.b, b: each.a })) });
      }),
      { numRuns: 400 },
    );
  });

  it('the likelier stands before, each within 0 and 1, as text that no terminal obeys, and both sides are never the same', async () => {
    const nth = fc.nat().map((number) => number % all.length);
    await fc.assert(
      fc.asyncProperty(nth, nth, async (one, other) => {
        const [a, b] = [all[one], all[other]];
        if (!a || !b) return;
        const { differences } = await compareExchanges(a, b);
        for (const [at, { weight, where, ...texts }] of differences.entries()) {
          expect(weight).toBeGreaterThanOrEqual(0);
          expect(weight).toBeLessThanOrEqual(differences[at - 1]?.weight ?? 1);
          expect(texts.a).not.toBe(texts.b);
          for (const text of [where, texts.a, texts.b]) {
            expect(text).not.toMatch(/[\x00-\x1f\x7f-\x9f\u202e]/);
            expect(displayWidth(text)).toBeLessThan(2000);
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  it('a healthy exchange differs from each that is not', async () => {
    const healthy = all.find((_, at) => cases[at]?.name === 'healthy-talk');
    if (!healthy) throw new Error('there is no healthy case');
    for (const [at, { name, expect: finding }] of cases.entries()) {
      const other = all[at];
      if (!other || finding === 'nothing') continue;
      expect({ name, same: (await compareExchanges(healthy, other)).same }).toEqual({ name, same: false });
    }
  });
});

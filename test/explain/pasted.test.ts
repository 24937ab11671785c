import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rules } from '../../src/diagnosis/catalogue.js';
import { explain } from '../../src/explain/explain.js';

/**
 * What people pasted into issues and questions, the error lines alone, with the causes that were written down before explain was asked;
 * `silent` where the text tells none, `normal` where nothing is wrong. Names of hosts and people are mostly replaced.
 */
const pasted = readFileSync(new URL('pasted.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => {
    const [client, text, allowed, source] = JSON.parse(line) as [string, string, readonly string[], string];
    return { client, text, allowed, source };
  });

const judged = pasted.map((one) => {
  const [first] = explain(one.text);
  const silent = one.allowed.includes('silent') && first?.saysNothing === true;
  const normal = one.allowed.includes('normal') && first?.closeCode === 1000;
  const right = silent || normal || one.allowed.includes(first?.codes[0] ?? '');
  return { ...one, found: first !== undefined, right };
});
const share = (test: (one: (typeof judged)[number]) => boolean): number => judged.filter(test).length / judged.length;

describe('what people pasted', () => {
  it('is of many clients, and each text stands once, with its source', () => {
    expect(new Set(pasted.map(({ client }) => client)).size).toBeGreaterThan(200);
    expect(new Set(pasted.map(({ text }) => text)).size).toBe(pasted.length);
    expect(pasted.filter(({ source, text, allowed }) => source === '' || text.length > 330 || allowed.length === 0)).toEqual([]);
  });

  it('has causes that the catalogue knows', () => {
    const known = new Set<string>(['silent', 'normal', ...rules.map(({ code }) => code)]);
    expect([...new Set(pasted.flatMap(({ allowed }) => allowed))].filter((code) => !known.has(code))).toEqual([]);
  });

  it('gets an answer in at least 95 of 100', () => {
    expect(share(({ found }) => found)).toBeGreaterThanOrEqual(0.95);
  });

  it('gets first a cause that an expert would name in at least 94 of 100', () => {
    expect(share(({ right }) => right)).toBeGreaterThanOrEqual(0.94);
  });
});

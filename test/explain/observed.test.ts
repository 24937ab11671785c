import { describe, expect, it } from 'vitest';
import { rules } from '../../src/diagnosis/catalogue.js';
import { explain } from '../../src/explain/explain.js';
import { messages } from '../../src/explain/messages.js';
import { codesOfStatus } from '../../src/explain/statuses.js';
import { observed, worthOf } from './observed.js';

const judged = observed
  .filter((one) => worthOf(one) === 'an error text')
  .map((one) => {
    const matches = explain(one.events.join('\n'));
    const codes = [...new Set(matches.flatMap((match) => match.codes))];
    const silent = matches.length > 0 && matches.every(({ saysNothing }) => saysNothing);
    return { ...one, codes, silent, found: matches.length > 0, right: one.codes.some((code) => codes.includes(code)) };
  });

const share = (all: readonly { readonly right: boolean }[]): number => all.filter(({ right }) => right).length / all.length;
const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

describe('what real clients said', () => {
  it('is left out only where the client said nothing of an error', () => {
    const counts: Record<string, number> = {};
    for (const one of observed) counts[worthOf(one)] = (counts[worthOf(one)] ?? 0) + 1;
    expect(counts).toEqual({ 'nothing wrong': 56, 'no error text': 93, 'deadline of the measurement': 151, 'an error text': 1257 });
  });

  it('leads to the true code in at least 95 of 100', () => {
    expect(share(judged)).toBeGreaterThanOrEqual(0.95);
  });

  it('leads to it as well where only messages count that tell something', () => {
    expect(share(judged.filter(({ silent }) => !silent))).toBeGreaterThanOrEqual(0.95);
  });

  it('leads to it with every client in at least 80 of 100', () => {
    const clients = [...new Set(judged.map(({ client }) => client))];
    const weak = clients.filter((client) => share(judged.filter((one) => one.client === client)) < 0.8);
    expect(weak).toEqual([]);
  });

  it('gives few codes: one who reads them wants no list of everything', () => {
    expect(median(judged.map(({ codes }) => codes.length))).toBeLessThanOrEqual(6);
    const telling = judged.filter(({ silent }) => !silent).map(({ codes }) => codes.length);
    expect(Math.max(...telling)).toBeLessThanOrEqual(24);
  });
});

describe('the table of messages', () => {
  const known = new Set(rules.map(({ code }) => code));

  it('names only codes that the catalogue of findings has', () => {
    const statuses = Array.from({ length: 500 }, (_, index) => codesOfStatus(100 + index));
    const named = new Set([...messages.flatMap(({ codes }) => codes), ...statuses.flat()]);
    expect([...named].filter((code) => !known.has(code))).toEqual([]);
  });

  it('says of each message who says it, when, what it may be and where that is known from', () => {
    for (const { template, clients, codes, byStatus, when, sources } of messages) {
      const known = codes.length > 0 || byStatus;
      expect({ text: template.text, complete: clients.length > 0 && known && when !== '' && sources.length > 0 }).toEqual({
        text: template.text,
        complete: true,
      });
    }
  });

  it('has no message that is too general to mean anything', () => {
    expect(messages.filter(({ template }) => template.weight < 10).map(({ template }) => template.text)).toEqual([]);
  });
});

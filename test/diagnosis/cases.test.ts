import { describe, expect, it } from 'vitest';
import { rules } from '../../src/diagnosis/catalogue.js';
import { examine } from '../../src/diagnosis/diagnose.js';
import type { Finding } from '../../src/model/finding.js';
import { allCases } from '../support/cases.js';
import { exchangeFrom } from '../support/exchange.js';

const cases = allCases().map((one) => {
  const exchange = exchangeFrom(one.script);
  return { ...one, exchange, ...examine(exchange) };
});

const textsOf = ({ evidence }: Finding) => evidence.map(({ text }) => text);

describe('what each case must find', () => {
  it.each(cases.map((one) => [one.name, one] as const))('%s', (_, { expect: wanted, findings, failures, ...one }) => {
    const codes = findings.map(({ code }) => code);
    const [first] = findings;
    expect(failures).toEqual([]);
    if (wanted === 'nothing') {
      expect(codes).toEqual([]);
      return;
    }
    expect(codes[0], `found ${codes.join(', ') || 'nothing'}`).toBe(wanted);
    expect(codes).toEqual(expect.arrayContaining([...one.also]));
    expect(codes.filter((code) => one.never.includes(code))).toEqual([]);
    if (one.severity !== undefined) expect(first?.severity).toBe(one.severity);
    if (one.culprit !== undefined) expect(first?.culprit ?? 'nobody').toBe(one.culprit);
    for (const text of one.says) expect(first?.title).toContain(text);
    for (const text of one.shows) expect((first ? textsOf(first) : []).join('\n')).toContain(text);
    if (one.fix !== undefined) expect(first?.fix[0]?.for).toBe(one.fix);
  });
});

// What is judged from a URL alone leaves no exchange behind.
const ofExchanges = rules.filter(({ of }) => of !== 'url' && of !== 'client');

describe('the cases as a whole', () => {
  it('has at least 60 that fail and 30 that are healthy, each with a title', () => {
    expect(cases.filter((one) => one.expect !== 'nothing').length).toBeGreaterThanOrEqual(60);
    expect(cases.filter((one) => one.expect === 'nothing').length).toBeGreaterThanOrEqual(30);
    expect(cases.filter(({ title }) => title === '').map(({ name }) => name)).toEqual([]);
  });

  it('provokes every rule of the catalogue', () => {
    const found = new Set(cases.flatMap(({ findings }) => findings.map(({ code }) => code)));
    expect(ofExchanges.map(({ code }) => code).filter((code) => !found.has(code))).toEqual([]);
  });

  it('lets every rule come first in one of them', () => {
    const first = new Set(cases.flatMap(({ findings }) => (findings[0] ? [findings[0].code] : [])));
    // Bytes alone make these a possibility beside a likelier one; the experiments of doctor bring them forward.
    const byExperiments = ['intermediary.buffering', 'intermediary.policy-drop', 'intermediary.policy-rst'];
    const codes = ofExchanges.map(({ code }) => code);
    expect(codes.filter((code) => !first.has(code) && !byExperiments.includes(code))).toEqual([]);
  });

  it('names only codes that the catalogue has', () => {
    const known = new Set(rules.map(({ code }) => code));
    const named = cases.flatMap((one) => [one.expect, ...one.also, ...one.never]).filter((code) => code !== 'nothing');
    expect(named.filter((code) => !known.has(code))).toEqual([]);
  });
});

describe('evidence', () => {
  const pieces = cases.flatMap(({ name, exchange, findings }) =>
    findings.flatMap(({ code, evidence }) => evidence.map((piece) => ({ where: `${name}: ${code}`, exchange, piece }))),
  );

  it('points at the very bytes when it shows a line of a head', () => {
    const lines = pieces.filter(
      ({ piece }) => /-head$/.test(piece.what) && piece.offset !== undefined && /^[A-Za-z][\w-]*: \S/.test(piece.text),
    );
    expect(lines.length).toBeGreaterThan(100);
    for (const { where, exchange, piece } of lines) {
      const { clientSent, serverGot, serverSent, clientGot } = exchange.heads;
      const heads = piece.what === 'request-head' ? { client: clientSent, server: serverGot } : { client: clientGot, server: serverSent };
      const raw = heads[piece.leg]?.raw ?? '';
      const offset = piece.offset ?? 0;
      expect(raw.slice(offset, offset + piece.text.length), where).toBe(piece.text);
    }
  });

  it('points into the body when it shows a part of it', () => {
    const excerpts = pieces.filter(({ piece }) => piece.what === 'body');
    expect(excerpts.length).toBeGreaterThan(10);
    for (const { where, exchange, piece } of excerpts) {
      expect(exchange.body.startsWith(piece.text, piece.offset), where).toBe(true);
      expect(piece.text.length).toBeLessThanOrEqual(200);
    }
  });

  it('is never empty', () => {
    expect(pieces.filter(({ piece }) => piece.text.trim() === '').map(({ where }) => where)).toEqual([]);
  });
});

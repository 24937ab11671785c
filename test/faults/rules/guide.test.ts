import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { rules as catalogue } from '../../../src/diagnosis/catalogue.js';
import { faults } from '../../../src/faults/catalogue.js';
import { parseChoice } from '../../../src/faults/choice.js';
import type { ParamSpec } from '../../../src/faults/param-spec.js';
import { parseRules, scenarioRules } from '../../../src/faults/rules/parse-rules.js';
import { scenarios } from '../../../src/faults/scenario-catalogue.js';

const docs = (path: string): string => readFileSync(new URL(`../../../docs/${path}`, import.meta.url), 'utf8');
const ground = { http2: 'mirror' } as const;
const ajv = new Ajv2020({ strict: false, allErrors: false });
const fits = ajv.compile(JSON.parse(docs('rules.schema.json')));
const takes = (text: string): boolean => {
  try {
    parseRules(text, { file: 'rules.yaml', ground });
    return true;
  } catch {
    return false;
  }
};
const guide = docs('guides/rules.md');
const examples = [...guide.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text);

describe('the guide to rules', () => {
  it.each(examples.map((text, nth) => [nth + 1, text] as const))(
    'has an example %i that is a rules file, and fits the schema',
    (_, text) => {
      expect(parseRules(text, { file: 'rules.yaml', ground }).rules).not.toEqual([]);
      fits(parse(text));
      expect(fits.errors ?? []).toEqual([]);
    },
  );

  it('says how the command line has it', () => {
    const [, text = ''] = /`--fault '([^']+)'`/.exec(guide) ?? [];
    expect(parseChoice(text)).toMatchObject({ fault: 'status', params: { code: 503 }, match: 'path = /chat*', nth: 2, until: 300_000 });
    expect(examples.length).toBeGreaterThan(4);
  });

  it('quotes a refusal as it is', () => {
    const [, refusal = ''] = /```\nrules\.yaml:4:13: (bad-cert .*)\n```/.exec(guide) ?? [];
    expect(() => parseRules('rules: [{ match: { path: /x }, faults: [bad-cert] }]', { file: 'x', ground })).toThrow(refusal);
  });
});

describe('the schema of rules files', () => {
  const good = [
    'rules: []',
    'seed: 0\nrules: [{ faults: [drop-upgrade] }]',
    'rules: [{ name: a, match: host ~ a, faults: [latency: ] }]',
    'rules: [{ match: { host: [a, b], nth: 2, after: 30s, until: 90000, probability: 0.5, request.x-y: true }, faults: [status: { code: 404 }] }]',
    'rules: [{ match: { headers: { a: "*" }, origin: false, where: not path }, faults: [wrong-origin: { value: 8 }] }]',
  ];
  const bad = [
    'rules: {}',
    'seed: 1.5\nrules: []',
    'seed: 1',
    'rules: [drop-upgrade]',
    'rules: [{ name: a }]',
    'rules: [{ faults: [] }]',
    'rules: [{ faults: [no-such-fault] }]',
    'rules: [{ faults: [bad-cert: { knd: sha1 }] }]',
    'rules: [{ faults: [bad-cert: { kind: sha2 }] }]',
    'rules: [{ faults: [latency: { ms: fast }] }]',
    'rules: [{ faults: [latency: { ms: -1 }] }]',
    'rules: [{ faults: [{ latency: {}, status: {} }] }]',
    'rules: [{ match: { hots: a }, faults: [status] }]',
    'rules: [{ match: { finding: a }, faults: [status] }]',
    'rules: [{ match: { nth: 0 }, faults: [status] }]',
    'rules: [{ match: { until: soon }, faults: [status] }]',
    'rules: [{ match: { host: {} }, faults: [status] }]',
    'rules: [{ use: no-such-scenario }]',
    'rules: [{ use: nginx-default, faults: [status] }]',
    'rules: []\nmore: 1',
  ];
  it.each(good)('takes %s, as the program does', (text) => {
    fits(parse(text));
    expect(fits.errors ?? []).toEqual([]);
    expect(takes(text)).toBe(true);
  });
  it.each(bad)('takes not %s, as the program does not', (text) => {
    expect([fits(parse(text)), takes(text)]).toEqual([false, false]);
  });

  const ofRule = (fault: string, params: object): string => JSON.stringify({ rules: [{ faults: [{ [fault]: params }] }] });
  /** A value that is out of bounds. */
  const wrongValue = (spec: ParamSpec): unknown => {
    if (spec.type === 'boolean') return 'perhaps';
    if (spec.choices) return 'none-of-these';
    if (spec.type === 'string') return undefined;
    return spec.max === undefined ? 'a word' : spec.max + 1;
  };
  it.each(faults)('knows the parameters of $id and their bounds as the program does', ({ id, params }) => {
    const defaults = Object.fromEntries(Object.entries(params).map(([name, spec]) => [name, spec.default]));
    const text = ofRule(id, defaults);
    expect([fits(JSON.parse(text)), takes(text)]).toEqual([true, true]);
    for (const [name, spec] of [...Object.entries(params), ['no-such-parameter', { choices: [] }] as unknown as [string, ParamSpec]]) {
      const value = wrongValue(spec);
      if (value === undefined) continue;
      const wrong = ofRule(id, { [name]: value });
      expect([name, fits(JSON.parse(wrong)), takes(wrong)]).toEqual([name, false, false]);
    }
  });
});

describe('scenarios', () => {
  const codes = new Set(catalogue.map(({ code }) => code));
  it('are at least those twelve', () => {
    expect(scenarios.map(({ id }) => id)).toEqual(
      expect.arrayContaining([
        ...['nginx-default', 'squid', 'alb-idle-60s', 'cloudflare-waf', 'captive-portal', 'corporate-tls-interception', 'flaky-mobile'],
        ...['ingress-no-upgrade', 'http10-middlebox', 'wrong-clock', 'sticky-session-lost', 'deploy-restart'],
      ]),
    );
  });

  it.each(scenarios)(
    '$id can be armed, is told in full sentences, and its findings exist',
    ({ id, title, about, imitates, expects, rules }) => {
      const armed = scenarioRules(id, ground);
      expect(armed.flatMap(({ choices }) => choices).length).toBeGreaterThan(0);
      expect(armed.every(({ name, choices }) => name.startsWith(id) && choices.every(({ rule }) => rule === name))).toBe(true);
      expect(title).not.toMatch(/\.$/);
      for (const text of [about, imitates]) expect(text).toMatch(/\.$/);
      expect(expects.filter((code) => !codes.has(code))).toEqual([]);
      fits(parse(rules));
      expect(fits.errors ?? []).toEqual([]);
    },
  );

  it.each(scenarios)('$id is narrowed by a match of its own', ({ id }) => {
    const { rules } = parseRules(`rules: [{ use: ${id}, match: { where: "id != 7 or connection = 3" } }]`, { file: 'x', ground });
    const plain = scenarioRules(id, ground);
    expect(rules.map(({ choices }) => choices.map(({ fault }) => fault))).toEqual(
      plain.map(({ choices }) => choices.map(({ fault }) => fault)),
    );
    for (const { choices } of rules) for (const { match } of choices) expect(match).toMatch(/id != 7 or connection = 3\)?$/);
  });
});

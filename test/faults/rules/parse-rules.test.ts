import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatChoice, parseChoice } from '../../../src/faults/choice.js';
import type { Ground } from '../../../src/faults/fitness.js';
import { RulesProblem } from '../../../src/faults/rules/complaints.js';
import { parseRules } from '../../../src/faults/rules/parse-rules.js';
import { compileFilter } from '../../../src/filter/filter.js';
import { emptyExchange } from '../../filter/subject.js';

const ground: Ground = { http2: 'mirror' };
const read = (text: string, more: Partial<Ground> = {}) => parseRules(text, { file: 'rules.yaml', ground: { ...ground, ...more } });
const complaintsOf = (text: string, more: Partial<Ground> = {}): readonly string[] => {
  try {
    read(text, more);
    return [];
  } catch (problem) {
    if (!(problem instanceof RulesProblem)) throw problem;
    return problem.lines;
  }
};
const matchOf = (match: string) => read(`rules: [{ match: ${match}, faults: [drop-upgrade] }]`).rules[0]?.choices[0];

describe('a rules file', () => {
  it('is read as in the contract: seed, rules, match, faults with and without parameters', () => {
    const { seed, rules } = read(`
seed: 42
rules:
  - name: the third reconnect dies
    match: { host: "api.*", path: "/socket/**", nth: 3, probability: 1 }
    faults:
      - drop-upgrade
      - latency: { ms: 200, jitter: 50 }
`);
    expect(seed).toBe(42);
    const occasion = { probability: 1, times: null, nth: 3, match: 'host = api.* and path = /socket/**', rule: 'the third reconnect dies' };
    expect(rules).toHaveLength(1);
    expect(rules[0]).toMatchObject({
      name: 'the third reconnect dies',
      choices: [
        { fault: 'drop-upgrade', ...occasion },
        { fault: 'latency', params: { ms: 200, jitter: 50 }, ...occasion },
      ],
    });
  });

  it('gives a choice that --fault would give, too', () => {
    const [rule] = read('rules: [{ match: { host: a.test, nth: 2, until: 5m }, faults: [{ status: { code: 503 } }] }]').rules;
    const [choice] = rule?.choices ?? [];
    const { rule: name, ...plain } = choice ?? parseChoice('status');
    expect(name).toBe('status');
    expect(parseChoice(formatChoice(plain))).toEqual(plain);
    expect(plain).toEqual(parseChoice('status:code=503,match=host = a.test,nth=2,until=5m'));
  });

  it('may be JSON, may have no rule, and calls a rule without a name by its faults', () => {
    expect(read('{"rules": [{"faults": ["drop-upgrade", "wrong-origin"]}]}').rules[0]?.name).toBe('drop-upgrade, wrong-origin');
    expect(read('rules: []')).toEqual({ seed: null, rules: [] });
  });

  it('takes a text for a parameter as it stands', () => {
    const value = (written: string) =>
      read(`rules: [{ faults: [{ wrong-origin: { value: ${written} } }] }]`).rules[0]?.choices[0]?.params.value;
    expect([value('1.10'), value('0x10'), value('"1.10"'), value('yes')]).toEqual(['1.10', '0x10', '1.10', 'yes']);
  });
});

describe('a match', () => {
  it.each([
    ['{ host: a.test }', 'host = a.test'],
    ['{ host: [a.test, "*.b.test"] }', '(host = a.test or host = *.b.test)', 'host = a.test or host = *.b.test'],
    ['{ path: /chat }', 'path = /chat or path = /chat?*'],
    ['{ path: "/chat?room=*&x" }', String.raw`path = /chat?room\=*\&x`],
    ['{ path: "/chat?room=1" }', 'path = "/chat?room=1"'],
    ['{ origin: "https://*.example" }', 'request.origin = https://*.example'],
    ['{ headers: { User-Agent: "*Chrome (x)*" } }', String.raw`request.User-Agent = *Chrome\ \(x\)*`],
    ['{ request.cookie: true }', 'request.cookie'],
    ['{ origin: false }', 'not request.origin'],
    ['{ host: and }', 'host = "and"'],
    ['{ host: "" }', 'host = ""'],
    ["{ host: 'a\"b\\c' }", String.raw`host = "a\"b\\c"`],
    ['{ port: 443, scheme: wss }', 'port = 443 and scheme = wss'],
    ['{ leg.client.tls.version: 1.0 }', 'leg.client.tls.version = 1.0'],
    ['{ host: a.test, where: "port > 80 or scheme = ws" }', 'host = a.test and (port > 80 or scheme = ws)'],
    ['{ where: host ~ a }', 'host ~ a'],
    ['host ~ a', 'host ~ a'],
  ])('%s is the filter %s', (written, filter, alone = filter) => {
    expect(matchOf(written)?.match).toBe(alone);
    expect(() => compileFilter(alone)).not.toThrow();
  });

  it('takes the occasion out of the filter', () => {
    expect(matchOf('{ host: a.test, first: 4, every: 2, times: 3, after: 30s, until: 1.5m, probability: 0.5 }')).toMatchObject({
      ...{ match: 'host = a.test', first: 4, every: 2, times: 3, after: 30_000, until: 90_000, probability: 0.5 },
    });
    expect(matchOf('{ nth: 2 }')).not.toHaveProperty('match');
  });

  it('finds just the value that it holds, whatever characters that has', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.boolean(), (value, pattern) => {
        fc.pre(!value.includes('*') && value !== '');
        const written = JSON.stringify(pattern ? `*${value}*` : value);
        const { match = '' } =
          read(`{"rules": [{"match": {"request.x": ${written}}, "faults": ["drop-upgrade"]}]}`).rules[0]?.choices[0] ?? {};
        const fits = (header: string): boolean =>
          compileFilter(match)
            .begin({ exchange: withHeader(header), findings: () => [] })
            .result();
        return fits(value) && fits(`<${value}>`) === pattern && !fits('') && (pattern || !fits('other than that'));
      }),
      { numRuns: 40 },
    );
  });
});

const withHeader = (value: string) => {
  const clientSent = { raw: '', startLine: 'GET / HTTP/1.1', headers: [['X', value] as const], defects: [] };
  return { ...emptyExchange, heads: { ...emptyExchange.heads, clientSent } };
};

describe('a wrong rules file', () => {
  it('is refused with file, line, column, the nearest word, and the line with a caret', () => {
    const text = 'rules:\n  - match: { host: a.test }\n    faults:\n\t  - drop-upgrad\n'.replace('\t', '  ');
    expect(() => read(text)).toThrow(
      expect.objectContaining({
        code: 'SHK_FAULT',
        message:
          'The rules in rules.yaml cannot be used:\n' +
          'rules.yaml:4:7: drop-upgrad is not a fault; did you mean drop-upgrade?\n' +
          '      - drop-upgrad\n' +
          '        ^',
      }),
    );
  });

  const wrong: readonly (readonly [text: string, complaint: string])[] = [
    ['', '1:1: it is empty; a file without any rule says `rules: []`.'],
    ['# nothing', '1:1: it is empty; a file without any rule says `rules: []`.'],
    ['seed: 1', '1:1: the word `rules` is missing.'],
    ['rules: []\nsed: 1', '2:1: sed is no word of a rules file; did you mean seed?'],
    ['rules: []\nrules: []', '2:1: rules is given twice.'],
    ['rules: []\n__proto__: {}', '2:1: __proto__ is no word of a rules file; there are seed, rules.'],
    ['rules: []\nseed: -1', '2:7: a whole number from 0 on is due here, not -1.'],
    ['rules: []\nseed: 1.5', '2:7: a whole number from 0 on is due here, not 1.5.'],
    ['rules: { a: 1 }', '1:8: a list (`- ...`) of rules is due here, not a mapping.'],
    ['rules: [drop-upgrade]', '1:9: a mapping (`name`, `match`, `faults`) for a rule is due here, not a text.'],
    ['rules: [{ name: a }]', '1:9: a rule has `faults`, or it has `use` with the id of a scenario.'],
    ['rules: [{ faults: [] }]', '1:11: a rule without faults does nothing.'],
    ['rules: [{ faults: drop-upgrade }]', '1:19: a list (`- ...`) of faults is due here, not a text.'],
    ['rules: [{ fault: [drop-upgrade] }]', '1:11: fault is no word of a rule; did you mean faults?'],
    ['rules: [{ name: "", faults: [drop-upgrade] }]', '1:17: a name is due here, not a text.'],
    ['rules:\n- { name: a, faults: [status] }\n- { name: a, faults: [status] }', '3:11: there is a rule a already.'],
    ['rules: [{ faults: ["drop-upgrade:times=1"] }]', '1:20: parameters are given as a mapping: `- drop-upgrade: { name: value }`.'],
    ['rules: [{ faults: [bad-cert: { knd: x }] }]', '1:37: bad-cert: knd is not a parameter of it; did you mean kind?'],
    ['rules: [{ faults: [bad-cert: { kind: expird }] }]', '1:38: bad-cert: kind=expird is not one of'],
    ['rules: [{ faults: [bad-cert: { kind: }] }]', '1:38: a value for kind is due here, not nothing.'],
    ['rules: [{ faults: [bad-cert: { kind: [sha1] }] }]', '1:38: a value for kind is due here, not a list.'],
    ['rules: [{ faults: [bad-cert: { kind: sha1, kind: sha1 }] }]', '1:44: kind is given twice.'],
    ['rules: [{ faults: [status: { times: 1 }] }]', '1:37: status: times says when, and stands in the match of the rule.'],
    ['rules: [{ faults: [{ status: {}, latency: {} }] }]', '1:34: each fault is an item of the list'],
    ['rules: [{ match: { hots: a }, faults: [status] }]', '1:20: hots is no word of a match; did you mean host?'],
    ['rules: [{ match: { port: a }, faults: [status] }]', '1:26: port: a is no number.'],
    ['rules: [{ match: { host: [] }, faults: [status] }]', '1:20: host has an empty list, which nothing fits.'],
    ['rules: [{ match: { nth: 0 }, faults: [status] }]', '1:25: match: nth=0 is under the least allowed value, 1.'],
    ['rules: [{ match: { after: soon }, faults: [status] }]', '1:27: match: after=soon is not a number. Durations are'],
    ['rules: [{ match: { nth: 3, first: 2 }, faults: [status] }]', '1:18: the rule would never apply: number 3 is not among the first 2.'],
    ['rules: [{ match: "host = a b", faults: [status] }]', '1:28: the filter cannot be read: `&&` or `||` is missing before this.'],
    ['rules: [{ match: { where: port > a }, faults: [status] }]', '1:34: the filter cannot be read: a is no number.'],
    [
      'rules: [{ match: { path: /x }, faults: [status, bad-cert] }]',
      '1:49: bad-cert does not go with the match of its rule: path is known',
    ],
    [
      'rules: [{ match: message ~ x, faults: [drop-message] }]',
      '1:40: drop-message does not go with the match of its rule: a rule decides',
    ],
    ['rules: [{ use: nothing-such }]', '1:16: nothing-such is not a scenario.'],
    ['a: [1\nb: 2', '2:1: this is no YAML: Flow sequence in block collection must be sufficiently indented and end with a ].'],
    ['rules: []\n---\nrules: []', '2:1: a rules file is one document: this begins another.'],
    ['%YAML 1.1\n---\nrules: []', '1:1: directives (`%NAME`) are not taken'],
    ['rules: &a []', '1:8: anchors (`&name`) are not taken'],
    ['rules: *a', '1:8: aliases (`*name`) are not taken'],
    ['rules: !!seq []', '1:8: tags (`!name`) are not taken'],
    ['rules: [{ <<: { name: a }, faults: [status] }]', '1:11: "<<" is no word of a rule'],
    [`rules: ${'['.repeat(100_000)}`, '1:57: it is nested too deep.'],
    [`${'- '.repeat(100_000)}`, '1:101: it is nested too deep.'],
    [`rules: [${'a, '.repeat(60_000)}]`, '1:'],
    [`#${'x'.repeat(1024 * 1024)}`, '1:1: it is longer than 1 MiB.'],
  ];
  it.each(wrong.map(([text, complaint]) => [complaint, text] as const))('%s', (complaint, text) => {
    const start = performance.now();
    expect(complaintsOf(text)[0]).toMatch(
      new RegExp(`^rules\\.yaml:${complaint.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/"<<"/, '"?<<"?')}`),
    );
    // What is quadratic takes minutes, on any machine.
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  it('is told in whole, but for what is over twenty complaints', () => {
    const rules = Array.from({ length: 30 }, (_, nth) => `  - faults: [no-such-fault-${nth}]`);
    const text = ['rules:', ...rules].join('\n');
    expect(complaintsOf(text)).toHaveLength(20);
    expect(complaintsOf(text)[19]).toMatch(/^rules\.yaml:21:14: no-such-fault-19 /);
    expect(() => read(text)).toThrow(/\nand 10 more\.$/);
  });

  it('puts the caret under the place, behind tabs and wide characters, and shows no control character', () => {
    const text = 'rules: [\n { name: "日本",\tfaults: [x\u001b] }]';
    expect(() => read(text)).toThrow(`\n   { name: "日本", faults: [x\\x1b] }]\n  ${' '.repeat(26)}^`);
  });

  it('is refused when it has more than 500 rules', () => {
    const text = (count: number) => `rules:\n${'- faults: [status]\n'.repeat(count)}`;
    expect(read(text(500)).rules).toHaveLength(500);
    expect(complaintsOf(text(501))).toEqual(['rules.yaml:502:3: these are 501 rules; 500 is the most.']);
  });

  it('never throws anything else, whatever is in it', () => {
    const word = fc.constantFrom(
      'rules',
      'faults',
      'match',
      'name',
      'use',
      'status',
      'bad-cert',
      'nth',
      'host',
      'kind',
      'null',
      '1',
      '~',
      '""',
      '*',
    );
    const mark = fc.constantFrom(
      ':',
      ': ',
      '- ',
      '\n',
      '\n  ',
      '\n    ',
      '{',
      '}',
      '[',
      ']',
      ', ',
      '&a ',
      '*a',
      '!x ',
      '|',
      '>',
      '"',
      "'",
      '#',
      '? ',
      '\t',
    );
    const soup = fc.array(fc.oneof(word, mark), { maxLength: 60 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(
        fc.oneof(
          soup,
          soup.map((text) => `rules:\n  - faults: [status]\n    match: ${text}`),
        ),
        (text) => {
          complaintsOf(text);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('what can be known before any traffic', () => {
  it.each([
    ['{ entrance: socks5 }', 'proxy-auth', {}, 'it works on CONNECT only'],
    ['{ entrance: reverse }', 'proxy-auth', {}, 'it works on CONNECT'],
    ['{ kind: http }', 'drop-upgrade', {}, 'it works on WebSockets only'],
    ['stream > 0', 'drop-upgrade', { http2: 'off' as const }, 'HTTP/2 is off (--http2=off)'],
    ['{ scheme: wss, outcome: failed }', 'status', {}, 'outcome is not known while the traffic passes'],
  ])('%s with %s is refused', (match, fault, more, why) => {
    expect(complaintsOf(`rules: [{ match: ${match}, faults: [${fault}] }]`, more)[0]).toContain(
      `${fault} does not go with the match of its rule: ${why}`,
    );
  });

  it.each([
    ['{ entrance: [socks5, connect] }', 'proxy-auth'],
    ['not entrance = reverse', 'proxy-auth'],
    ['{ kind: websocket, status: 101 }', 'status'],
    ['stream > 0', 'drop-message'],
  ])('%s with %s is taken', (match, fault) => {
    expect(complaintsOf(`rules: [{ match: ${match}, faults: [${fault}] }]`)).toEqual([]);
  });
});

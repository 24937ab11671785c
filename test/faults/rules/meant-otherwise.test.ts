import { expect, it } from 'vitest';
import { RulesProblem } from '../../../src/faults/rules/complaints.js';
import { parseRules } from '../../../src/faults/rules/parse-rules.js';

const complaintOf = (text: string): string | undefined => {
  try {
    parseRules(text, { file: 'rules.yaml', ground: { http2: 'mirror' } });
    return undefined;
  } catch (problem) {
    if (!(problem instanceof RulesProblem)) throw problem;
    return problem.lines[0];
  }
};
const matching = (match: string): string => `rules: [{ match: { ${match} }, faults: [status] }]`;

it.each([
  ['rules: [{ nth: 3, faults: [status] }]', '1:11: nth is no word of a rule: it stands in the match, `match: { nth: ... }`.'],
  ['rules: [{ faults: ["latency:ms=200,jitter=50"] }]', '1:20: parameters are given as a mapping: `- latency: { ms: 200, jitter: 50 }`.'],
  ['rules: [{ faults: [{ latency: { ms: 2s } }] }]', '1:37: latency: ms=2s is not a number: it is in milliseconds; did you mean 2000?'],
  [matching('probability: 50%'), '1:33: match: probability=50% is not a number; did you mean 0.5?'],
  [matching('kind: websockets'), '1:26: kind: websockets is not one of websocket, http, tunnel, unknown; did you mean websocket?'],
  [matching('entrance: socks'), '1:30: entrance: socks is not one of connect, absolute, socks5, socks4a, reverse; did you mean socks5?'],
  [matching('path: "^/api/.*$"'), '1:26: path: a path begins with a slash, and ^/api/.*$ fits none; `*` stands for any characters'],
  [matching('host: "localhost:3000"'), '1:26: host: a host has no port: `host: localhost`, and beside it `port: 3000`.'],
  [matching('cookie: "*a=b*"'), '1:20: cookie is no word of a match; a field of the request stands in `headers: { cookie: ... }`.'],
  [matching('message: "*x*"'), '1:20: message is no word of a match: it decides before any message comes.'],
  [
    'rules: [{ match: message ~ x, faults: [drop-message] }]',
    '1:40: drop-message does not go with the match of its rule: a rule decides about an exchange before its messages come: a fault on messages says by its own parameters',
  ],
])('what was meant otherwise is told how it is said: %s', (text, complaint) => {
  expect(complaintOf(text)).toContain(`rules.yaml:${complaint}`);
});

it.each(['kind: [websocket, http]', 'kind: "web*"', 'path: "*/chat"', 'path: true', 'host: "::1"', 'host: "*:3000*"', 'scheme: WSS'])(
  'what may fit is left alone: %s',
  (match) => {
    expect(complaintOf(`rules: [{ match: { ${match} }, faults: [wrong-place] }]`) ?? '').not.toMatch(
      /is not one of|begins with a slash|has no port/,
    );
  },
);

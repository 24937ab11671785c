import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rules } from '../../../src/diagnosis/catalogue.js';
import { diagnose } from '../../../src/diagnosis/diagnose.js';
import { isolate } from '../../../src/diagnosis/trials/isolate.js';
import { didOpen, type Trial } from '../../../src/diagnosis/trials/trial.js';
import type { Exchange } from '../../../src/model/exchange.js';
import { exchangeFrom } from '../../support/exchange.js';

const body = (text: string): string => (text === '' ? '' : `--- body\n${text}\n`);
const refused = (status: number, fields = '', text = ''): string =>
  `--- request\n+ Origin: https://evil.example\n--- answer\nHTTP/1.1 ${status} Word\n${fields}Content-Length: ${text.length}\n${body(text)}`;

/** What an attempt can come to, as scripts of exchanges. */
const outcomes: readonly string[] = [
  '--- request\n--- answer\n--- then\nclient sends \\x88\\x82\\x00\\x00\\x00\\x00\\x03\\xe8\nserver sends \\x88\\x02\\x03\\xe8\nserver fin\nclosed\n',
  '--- request\n--- answer\n--- then\n+1 server fin\nclosed\n',
  '--- request\n--- answer\n- Sec-WebSocket-Accept\n--- then\nclient fin\nclosed\n',
  ...[200, 301, 302, 400, 401, 403, 404, 405, 407, 426, 429, 431, 500, 502, 503, 504].map((status) => refused(status)),
  refused(404, 'X-Powered-By: Express\n', 'Cannot GET /chat'),
  refused(404, 'Server: nginx/1.22.1\nX-Powered-By: Express\n', 'Cannot GET /chat'),
  refused(426, 'Upgrade: websocket\n', 'Upgrade Required'),
  refused(403, '', 'origin not allowed'),
  refused(400, 'Server: nginx\n', 'The plain HTTP request was sent to HTTPS port'),
  '--- request\n--- then\nserver fin\nclosed\n',
  '--- request\n--- then\nserver reset ECONNRESET\nclosed\n',
  '--- request\n--- then\n',
  '--- request\n--- then\n{"type":"not-a-head","site":"serverSent","raw":"\\u0015\\u0003\\u0001\\u0000\\u0002\\u0002F","why":"unknown-bytes"}\nserver fin\nclosed\n',
  '--- request\n--- then\n{"type":"not-a-head","site":"serverSent","raw":"SSH-2.0-x","why":"unknown-bytes"}\nserver fin\nclosed\n',
  ...['ENOTFOUND', 'ECONNREFUSED', 'ETIMEDOUT', 'EHOSTUNREACH'].map(
    (code) =>
      `--- request\n--- not sent\n--- then\n{"type":"dial-failed","failure":{"code":"${code}","message":"x","attempts":[]}}\nclosed\n`,
  ),
  ...[40, 70, 112, 120].map(
    (alert) => `target: wss://app.example/\n--- then\nserver tls-failed {"alert":${alert},"code":"ERR_SSL_ALERT"}\nclosed\n`,
  ),
  'target: wss://app.example/\n--- then\nserver tls-failed {"code":"ECONNRESET"}\nclosed\n',
  'target: wss://app.example/\n--- then\nserver tls-failed {"code":"EPROTO","firstBytes":"HTTP/1.1 400 Bad Request"}\nclosed\n',
  'target: wss://app.example/\n--- then\nserver tls {"error":"ERR_TLS_CERT_ALTNAME_INVALID","chain":[{"dnsNames":["b.example"]}]}\nclosed\n',
  'target: wss://app.example/\n--- then\nserver tls {"version":"TLSv1.1"}\n--- request\n--- answer\nHTTP/1.1 403 Forbidden\nContent-Length: 0\n',
  '',
];
const exchanges: readonly Exchange[] = outcomes.map(exchangeFrom);
const ids = [
  ...[
    'no-origin',
    'own-origin',
    'plain-get',
    'odd-version',
    'path',
    'other-scheme',
    'other-port',
    'no-sni',
    'tls-1.2',
    'old-tls',
    'http2',
    'direct',
  ],
  ...['no-extensions', 'no-protocol', 'usual-protocols', 'no-own-fields', 'no-credentials', 'again'],
];
const exchange = fc.constantFrom(...exchanges);
const tried = fc
  .record({
    first: exchange,
    trials: fc.array(fc.record({ id: fc.constantFrom(...ids), title: fc.constant('with a change'), exchange }), { maxLength: 6 }),
  })
  .map(({ first, trials }) => ({ first, findings: diagnose(first), trials: trials as readonly Trial[], holdMs: 1500 }));

describe('isolate', () => {
  it('always has something to say of a first attempt that did not open', () => {
    fc.assert(
      fc.property(tried, (what) => {
        fc.pre(!didOpen(what.first));
        expect(isolate(what)[0]).toMatchObject({ severity: 'error' });
      }),
      { numRuns: 800 },
    );
  });

  it('says each code once, and rules out none that it says', () => {
    fc.assert(
      fc.property(tried, (what) => {
        const findings = isolate(what);
        const codes = findings.map(({ code }) => code);
        expect(new Set(codes).size).toBe(codes.length);
        const out = findings.flatMap(({ ruledOut }) => ruledOut.map(({ code }) => code));
        expect(out.filter((code) => codes.includes(code))).toEqual([]);
        const known = new Set(rules.map(({ code }) => code));
        expect([...codes, ...out].filter((code) => !known.has(code))).toEqual([]);
      }),
      { numRuns: 800 },
    );
  });

  it('says the same whenever it is asked, and orders by severity and confidence', () => {
    fc.assert(
      fc.property(tried, (what) => {
        const findings = isolate(what);
        expect(isolate(what)).toEqual(findings);
        const errors = findings.filter(({ severity }) => severity === 'error').map(({ confidence }) => confidence);
        expect(errors).toEqual([...errors].sort((one, other) => other - one));
        expect(findings.every(({ confidence, evidence }) => confidence > 0 && confidence <= 1 && evidence.length > 0)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('is as sure as by proof only by an experiment, or by what the bytes had proved', () => {
    fc.assert(
      fc.property(tried, (what) => {
        for (const { code, confidence, evidence } of isolate(what)) {
          if (confidence < 0.95) continue;
          const before = what.findings.find((finding) => finding.code === code)?.confidence ?? 0;
          expect(before >= 0.95 || (what.trials.length > 0 && evidence.some(({ what: kind }) => kind === 'trial')), code).toBe(true);
        }
      }),
      { numRuns: 800 },
    );
  });

  it('adds nothing to what the rules say, where nothing was tried and they say something', () => {
    fc.assert(
      fc.property(exchange, (first) => {
        const findings = diagnose(first);
        fc.pre(findings.some(({ severity }) => severity === 'error'));
        expect(isolate({ first, findings, trials: [], holdMs: 1500 }).map(({ code }) => code)).toEqual(findings.map(({ code }) => code));
      }),
    );
  });

  it.each([
    [6379, 'url.wrong-service'],
    [6380, 'server.empty-reply'],
  ])('knows what lives at port %i, where a plain GET is hung up on as well', (port, code) => {
    const first = exchangeFrom(`target: ws://app.example:${port}/\n--- request\n--- then\nserver fin\nclosed\n`);
    const trials = [{ id: 'plain-get', title: 'a plain GET of the same path', exchange: first }];
    expect(isolate({ first, findings: diagnose(first), trials, holdMs: 1500 })[0]).toMatchObject({ code });
  });
});

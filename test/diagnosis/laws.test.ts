import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnose, examine } from '../../src/diagnosis/diagnose.js';
import { explainedBy } from '../../src/diagnosis/look-alikes.js';
import type { Exchange } from '../../src/model/exchange.js';
import { parseHead } from '../../src/wire/http-head.js';
import { exchangeFrom } from '../support/exchange.js';

const good = exchangeFrom('--- request\n+ Origin: https://other.example\n--- answer\n');

describe('laws over all rules', () => {
  it('has something to say of every answer but 101', () => {
    for (let status = 200; status < 600; status += 1) {
      const exchange = exchangeFrom(`--- request\n--- answer\nHTTP/1.1 ${status} Word\nContent-Length: 0\n`);
      expect(diagnose(exchange)[0], String(status)).toMatchObject({ severity: 'error' });
    }
  });

  it('has something to say of every answer over HTTP/2 that opens nothing, and nothing of HTTP/1.1 in it', () => {
    const request = [
      'CONNECT /chat HTTP/2',
      ':protocol: websocket',
      ':scheme: https',
      ':authority: app.example',
      'sec-websocket-version: 13',
      'origin: https://app.example',
    ].join('\n');
    for (let status = 300; status < 600; status += 1) {
      const exchange = exchangeFrom(`--- request\n${request}\n--- answer\nHTTP/2 ${status}\n`);
      const findings = diagnose(exchange);
      expect(findings[0], String(status)).toMatchObject({ severity: 'error' });
      // A gateway behind may have spoken another HTTP to the application.
      if (status === 505) continue;
      const wrong = findings.filter(({ code }) => /http-version|http10|missing-|connection|no-host|status-200|malformed/.test(code));
      expect(wrong.map(({ code }) => code).filter((code) => code !== 'origin.missing')).toEqual([]);
    }
  });

  it('has something to say of every failure to connect', () => {
    for (const code of ['ENOTFOUND', 'ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EMFILE', 'SHK_LOOP', 'ESOMETHING']) {
      const event = JSON.stringify({ type: 'dial-failed', failure: { code, message: `connect ${code}`, attempts: [] } });
      expect(diagnose(exchangeFrom(`--- request\n--- not sent\n--- then\n${event}\nclosed\n`)).length, code).toBeGreaterThan(0);
    }
  });

  it('has something to say of every TLS alert of the server', () => {
    for (let alert = 1; alert < 128; alert += 1) {
      const exchange = exchangeFrom(
        `target: wss://app.example/\n--- then\nserver tls-failed {"alert":${alert},"code":"ERR_SSL_ALERT"}\nclosed\n`,
      );
      expect(diagnose(exchange)[0], String(alert)).toMatchObject({ cause: 'certificate' });
    }
  });

  it('survives random heads, bodies and bytes, without a rule that throws', () => {
    const line = fc.constantFrom(
      'Upgrade: websocket',
      'Upgrade:',
      'Connection: Upgrade, ,',
      'Connection:',
      'Sec-WebSocket-Accept: x',
      'Sec-WebSocket-Protocol: a, "',
      'Sec-WebSocket-Extensions: permessage-deflate; =;"',
      'Location: https://[::1',
      'Origin: https://[',
      'Origin: ://',
      'Host: :::',
      'Server: nginx/',
      'X-Cache: HIT',
      'Retry-After: soon',
      ': nameless',
      ' folded',
    );
    const head = (starts: readonly string[]) =>
      fc
        .tuple(fc.constantFrom(...starts), fc.array(fc.oneof(line, fc.string({ maxLength: 30 })), { maxLength: 8 }))
        .map(([first, rest]) => `${[first, ...rest].join('\r\n')}\r\n\r\n`);
    const requests = head(['GET / HTTP/1.1', 'GET ', '', 'CONNECT a HTTP/1.0']);
    const answers = head([
      'HTTP/1.1 101 Switching',
      'HTTP/1.1 403 No',
      'HTTP/1.0 200',
      'HTTP/9',
      '',
      'HTTP/1.1 302 Found',
      'HTTP/1.1 400 Bad',
    ]);
    fc.assert(
      fc.property(requests, requests, answers, answers, fc.string(), fc.string(), (sent, got, gave, took, body, bytes) => {
        const exchange: Exchange = {
          ...good,
          heads: {
            clientSent: parseHead(sent, 'request'),
            serverGot: parseHead(got, 'request'),
            serverSent: parseHead(gave, 'response'),
            clientGot: parseHead(took, 'response'),
          },
          body,
          notAHead: { serverSent: { raw: bytes, why: 'unknown-bytes' } },
        };
        expect(examine(exchange).failures).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('says the same twice', () => {
    const exchange = exchangeFrom('--- request\n+ Origin: null\n--- answer\nHTTP/1.1 403 Forbidden\n');
    expect(diagnose(exchange)).toEqual(diagnose(exchange));
  });
});

describe('look-alikes', () => {
  it('never explain each other in a circle, so that one of them always stays', () => {
    const covers = (pattern: string, code: string) => (pattern.endsWith('*') ? code.startsWith(pattern.slice(0, -1)) : code === pattern);
    const codes = Object.keys(explainedBy);
    const next = (code: string) =>
      codes.filter((other) => other !== code && (explainedBy[code] ?? []).some((pattern) => covers(pattern, other)));
    const circle = (code: string, path: readonly string[]): readonly string[] | undefined => {
      if (path.includes(code)) return [...path, code];
      for (const other of next(code)) {
        const found = circle(other, [...path, code]);
        if (found) return found;
      }
      return undefined;
    };
    expect(codes.flatMap((code) => circle(code, []) ?? [])).toEqual([]);
  });
});

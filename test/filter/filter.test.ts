import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileFilter } from '../../src/filter/filter.js';
import { quoted } from '../../src/filter/tokens.js';
import type { Exchange } from '../../src/model/exchange.js';
import type { Finding } from '../../src/model/finding.js';
import { emptyTally } from '../../src/model/frame.js';
import { Problem } from '../../src/model/problem.js';
import { parseHead } from '../../src/wire/http-head.js';
import { emptyExchange } from './subject.js';

const exchange: Exchange = {
  ...emptyExchange,
  id: '7',
  kind: 'websocket',
  outcome: 'refused',
  status: 403,
  target: { scheme: 'wss', host: 'api.example.test', port: 443, path: '/socket/v1?x=1' },
  frames: {
    fromClient: { ...emptyTally, defects: [{ code: 'unmasked-from-client', offset: 0, note: '' }] },
    fromServer: { ...emptyTally, close: { code: 1002, reason: '' } },
  },
  heads: {
    ...emptyExchange.heads,
    clientSent: parseHead(
      'GET /socket/v1?x=1 HTTP/1.1\r\nHost: api.example.test\r\nOrigin: https://page.test\r\nCookie: a=1\r\nCookie: b=2\r\n\r\n',
      'request',
    ),
    serverSent: parseHead('HTTP/1.1 403 Forbidden\r\nServer: nginx\r\n\r\n', 'response'),
  },
  server: {
    ...emptyExchange.client,
    side: 'server',
    timings: { dns: 2.5, connect: 30, tls: 700, response: 40, total: 900 },
    tls: { version: 'TLSv1.2', cipher: 'X', alpn: null, sni: 'api.example.test', chain: [], authorized: true, error: null },
  },
};
const findings: readonly Finding[] = [
  {
    code: 'origin.rejected',
    cause: 'origin',
    severity: 'error',
    confidence: 0.9,
    title: '',
    evidence: [],
    ruledOut: [],
    culprit: null,
    fix: [],
    rfc: '',
  },
];

const fits = (text: string, messages: readonly ['client' | 'server', string][] = []): boolean => {
  const matching = compileFilter(text).begin({ exchange, findings: () => findings });
  for (const [from, said] of messages) matching.message({ from, type: 'text', text: said, bytes: Buffer.byteLength(said) });
  return matching.result();
};

describe('a filter', () => {
  it.each([
    ['host = api.example.test', true],
    ['host = API.example.TEST', true],
    ['host = "api.*"', false],
    ['host = api.*', true],
    ['host = *.test', true],
    ['host = a*x*p*t', true],
    ['host = *.example', false],
    ['host != other.test', true],
    ['host ~ "example"', true],
    ['host !~ example', false],
    ['status = 403', true],
    ['status != 101', true],
    ['status >= 400 && status < 500', true],
    ['status > 403', false],
    ['path = /socket/**', true],
    ['finding = origin.*', true],
    ['cause = origin or cause = url', true],
    ['severity = warning', false],
    ['leg.server.tls.version < 1.3', true],
    ['leg.server.tls.version >= TLSv1.3', false],
    ['leg.client.tls.version', false],
    ['leg.server.tls.version', true],
    ['not leg.client.tls.version', true],
    ['request.origin = https://page.test', true],
    ['request.cookie = b=2', false],
    ['request.cookie = "b=2"', true],
    ['response.server = nginx', true],
    ['leg.server.dns.ms < 3', true],
    ['leg.server.connect.ms >= 30 && leg.server.tls.ms > 500', true],
    ['leg.server.response.ms > 40', false],
    ['leg.server.ms = 900', true],
    ['leg.server.proxy.ms', false],
    ['leg.client.tls.ms', false],
    ['leg.client.request.ms or leg.client.response.ms', false],
    ['frame.defect = unmasked-*', true],
    ['frame.defect = rsv', false],
    ['close.from = server && close.code = 1002', true],
    ['close.from = client', false],
    ['error', false],
    ['!(status = 403)', false],
    ['status = 403 && host ~ other || id = 7', true],
    ['status = 403 && (host ~ other || id = 8)', false],
    ['host ~ api && status != 101 && finding = origin.*', true],
  ])('%s: %s', (text, due) => {
    // A bare value ends at an operator; the row about cookies shows what quotes are for.
    if (text === 'request.cookie = b=2') expect(() => fits(text)).toThrow(Problem);
    else expect(fits(text)).toBe(due);
  });

  it('asks messages for their kind and length as well', () => {
    const matching = (text: string) => {
      const one = compileFilter(text).begin({ exchange, findings: () => [] });
      one.message({ from: 'server', type: 'text', text: 'hello', bytes: 5 });
      // Of a long one only the beginning is given.
      one.message({ from: 'client', type: 'binary', text: '\xff', bytes: 70_000 });
      return one.result();
    };
    expect(matching('message.type = binary')).toBe(true);
    expect(matching('message.type = ping')).toBe(false);
    expect(matching('message.type != ping')).toBe(true);
    expect(matching('message.bytes > 65535 and message.bytes = 5')).toBe(true);
    expect(matching('message.bytes > 70000')).toBe(false);
    expect(() => matching('message.bytes = long')).toThrow('long is no number.');
    expect(compileFilter('message.bytes > 1').asksForMessages).toBe(true);
  });

  it('asks each message on its own, and remembers none', () => {
    const said: ['client' | 'server', string][] = [
      ['client', 'hello'],
      ['server', 'an Error happened'],
    ];
    expect(fits('message ~ error', said)).toBe(true);
    expect(fits('message.client ~ error', said)).toBe(false);
    expect(fits('message.server ~ error && message.client = hello', said)).toBe(true);
    expect(fits('message !~ error', said)).toBe(false);
    expect(fits('message ~ error')).toBe(false);
    expect(compileFilter('status = 1').asksForMessages).toBe(false);
    expect(compileFilter('!(message ~ a)').asksForMessages).toBe(true);
  });
});

const complaint = (text: string): string => {
  try {
    compileFilter(text);
  } catch (thrown) {
    if (thrown instanceof Problem) return thrown.message;
  }
  throw new Error('it was taken');
};

describe('a filter that cannot be read', () => {
  it.each([
    ['', 'it is empty.', '  ', 0],
    ['host =', 'a value is missing behind =.', '  host =', 6],
    ['hots = a', 'there is no field "hots"; did you mean host?', '  hots = a', 0],
    ['status = abc', 'abc is no number.', '  status = abc', 9],
    ['host < 3', 'a text has no order; use =, !=, ~ or !~ in place of <.', '  host < 3', 7],
    ['leg.server.tls.version > 4', '4 is no TLS version, such as 1.2.', '  leg.server.tls.version > 4', 25],
    ['(host = a', 'this bracket is not closed.', '  (host = a', 0],
    ['host = a)', 'this bracket was never opened.', '  host = a)', 8],
    ['host = a status = 1', '`&&` or `||` is missing before this.', '  host = a status = 1', 9],
    ['host = "a', 'this quote is not closed.', '  host = "a', 7],
    ['host & a', '"&" means nothing here.', '  host & a', 5],
    ['host = a &&', 'something is missing at its end.', '  host = a &&', 11],
    ['= 3', '"=" cannot stand here.', '  = 3', 0],
  ])('%j: %s', (text, why, excerpt, at) => {
    expect(complaint(text)).toBe(`The filter cannot be read: ${why}\n${excerpt}\n  ${' '.repeat(at)}^`);
  });

  it('is one that is too long, or nested too deep', () => {
    expect(complaint('x'.repeat(5000))).toContain('4096 is the most');
    expect(complaint(`${'('.repeat(60)}id${')'.repeat(60)}`)).toContain('nested over 50 levels');
    expect(complaint(`${'!'.repeat(2000)}id`)).toContain('nested over 50 levels');
  });

  it('is refused with a Problem and never with anything else, whatever it is', () => {
    const piece = fc.constantFrom(
      'host',
      'status',
      '=',
      '!=',
      '~',
      '<',
      '&&',
      '||',
      'and',
      'not',
      '!',
      '(',
      ')',
      '"',
      'a*',
      '403',
      ' ',
      '\\',
      'message',
      '1.2',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 4 })), { maxLength: 12 }), (pieces) => {
        try {
          fits(pieces.join(' '));
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(Problem);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('takes no long time over a pattern of many stars', () => {
    const begun = performance.now();
    const matching = compileFilter(`message = ${'*a'.repeat(500)}*b`).begin({ exchange, findings: () => [] });
    matching.message({ from: 'client', type: 'text', text: 'a'.repeat(100_000), bytes: 100_000 });
    expect(matching.result()).toBe(false);
    expect(performance.now() - begun).toBeLessThan(1000);
  });
});

describe('a backslash in a word', () => {
  it.each([
    [String.raw`path = /socket/*?x\=1`, true],
    [String.raw`path = /socket/*?x\=2`, false],
    [String.raw`request.cookie = *\=1`, true],
    [String.raw`host = \and or host = api.example.test`, true],
    [String.raw`request.host = api\ example`, false],
  ])('%s takes what follows for itself, beside the stars of a pattern: %j', (text, fit) => {
    expect(fits(text)).toBe(fit);
  });

  it('makes of any value a word that means it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }), fc.boolean(), (value, pattern) => {
        fc.pre(!value.includes('*'));
        const message = { from: 'client', type: 'text', text: value, bytes: 1 } as const;
        const matching = compileFilter(`message = ${quoted(pattern ? `${value}*` : value, { pattern })}`).begin({
          exchange,
          findings: () => [],
        });
        matching.message(message);
        expect(matching.result()).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe('whether any exchange could fit of which so much is known', () => {
  it.each([
    ['entrance = connect', true],
    ['entrance = socks5', false],
    ['entrance != connect', false],
    ['not entrance = connect', false],
    ['entrance = socks5 or host = a', true],
    ['entrance = socks5 and host = a', false],
    ['not (entrance = connect and host = a)', true],
    ['entrance = c* and message ~ x', true],
    ['stream', false],
    ['not stream and host', true],
    ['stream > 0', false],
    ['upstream', true],
    ['not upstream', false],
    ['upstream = a:1', true],
  ])('%s: %j', (text, could) => {
    expect(compileFilter(text).couldFit({ entrance: ['connect'], stream: [], upstream: 'some' })).toBe(could);
  });
});

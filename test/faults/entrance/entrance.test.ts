import { describe, expect, it } from 'vitest';
import { applyFaults } from '../../../src/faults/apply.js';
import type { Delivery, Entering } from '../../../src/faults/changes.js';
import { findFault } from '../../../src/faults/find.js';
import type { ParamValues } from '../../../src/model/fault-choice.js';
import { drawOf, target } from '../sample.js';

const ok = 'HTTP/1.1 200 Connection established\r\n\r\n';
const connect: Entering = { entrance: 'connect', request: 'CONNECT chat.example:443 HTTP/1.1\r\nHost: chat.example\r\n\r\n', reply: ok };
const granted = '\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00';
const socks: Entering = { entrance: 'socks5', request: '\x05\x01\x00', reply: granted };
const socks4: Entering = { entrance: 'socks4a', request: '\x04\x01', reply: '\x00\x5a\x00\x00\x00\x00\x00\x00' };

const entering = (input: Entering, id: string, params: ParamValues = {}): Delivery | undefined => {
  const grounds = [input.entrance === 'connect' ? 'connect' : 'socks'] as const;
  const { output, failed } = applyFaults('entrance', input, { draws: [drawOf(findFault(id), params)], target, grounds });
  if (failed[0]) throw new Error(failed[0].message);
  return output;
};

describe('faults on the answer to CONNECT', () => {
  it.each<[string, ParamValues, Delivery | undefined]>([
    ['connect-cut', {}, { raw: '', end: 'fin', endMs: 0 }],
    ['connect-cut', { bytes: 12, end: 'reset', ms: 5 }, { raw: 'HTTP/1.1 200', end: 'reset', endMs: 5 }],
    ['connect-stall', {}, { raw: '', end: 'silence' }],
    ['connect-stall', { bytes: 4 }, { raw: 'HTTP', end: 'silence' }],
    ['connect-split', { bytes: 7, ms: 3 }, { raw: ok, slice: { bytes: 7, everyMs: 3 } }],
    ['connect-split', { bytes: 1000 }, undefined],
    ['slow-connect', { ms: 250 }, { raw: ok, holdMs: 250 }],
    ['connect-http10', {}, { raw: 'HTTP/1.0 200 Connection established\r\nProxy-agent: Apache/2.2\r\n\r\n' }],
    ['connect-status', {}, { raw: 'HTTP/1.1 204 Tunnel\r\n\r\n' }],
    ['connect-status', { code: 200, reason: '' }, { raw: 'HTTP/1.1 200 \r\n\r\n' }],
    ['connect-status', { code: 200, reason: 'Établi' }, { raw: 'HTTP/1.1 200 Ã\x89tabli\r\n\r\n' }],
    ['tunnel-cut', {}, { raw: ok, end: 'fin', endMs: 0, endOn: 'word' }],
    ['tunnel-cut', { on: 'answer', end: 'reset' }, { raw: ok, end: 'reset', endMs: 0 }],
    ['connect-body', { send: false }, { raw: 'HTTP/1.1 200 Connection established\r\nContent-Length: 0\r\n\r\n' }],
    ['connect-body', { ms: 0 }, { raw: 'HTTP/1.1 200 Connection established\r\nContent-Length: 2\r\n\r\n', body: 'OK' }],
    [
      'connect-body',
      { framing: 'chunked', ms: 9 },
      {
        raw: 'HTTP/1.1 200 Connection established\r\nTransfer-Encoding: chunked\r\n\r\n',
        body: '2\r\nOK\r\n0\r\n\r\n',
        slice: { bytes: 67, everyMs: 9 },
      },
    ],
    ['connect-garbage', {}, { raw: 'SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n', end: 'fin' }],
    ['connect-garbage', { kind: 'tls-alert', end: 'reset' }, { raw: '\x15\x03\x03\x00\x02\x02\x46', end: 'reset' }],
  ])('%s with %j', (id, params, expected) => {
    expect(entering(connect, id, params)).toEqual(expected);
  });

  it('the head of connect-body ends where its first slice does, so that the body comes by itself', () => {
    const { raw, slice } = entering(connect, 'connect-body') ?? { raw: '' };
    expect(slice?.bytes).toBe(raw.length);
  });

  it.each(['none', 'squid', 'apache', 'haproxy', 'nginx', 'envoy', 'tinyproxy'])(
    'a refusal of the brand %s is HTTP whose length is true',
    (brand) => {
      for (const code of [403, 405, 407, 502, 503, 504]) {
        const { raw, body = '', end } = entering(connect, 'connect-deny', { code, brand }) ?? { raw: '' };
        expect(raw).toMatch(new RegExp(`^HTTP/1\\.1 ${code} [A-Z][ A-Za-z]+\\r\\n`));
        expect(raw).toMatch(/\r\n\r\n$/);
        expect(raw).toContain(`\r\nContent-Length: ${body.length}\r\n`);
        expect(/\r\nProxy-Authenticate: Basic /.test(raw)).toBe(code === 407);
        expect(end).toBe('fin');
      }
    },
  );

  it('the refusal of a Squid says so, and names the page and the place', () => {
    const { raw, body } = entering(connect, 'connect-deny', { code: 503, brand: 'squid' }) ?? { raw: '' };
    expect(raw).toContain('Server: squid/5.7\r\n');
    expect(raw).toContain('X-Squid-Error: ERR_CONNECT_FAIL 111\r\n');
    expect(raw).toContain('Via: 1.1 proxy.example (squid/5.7)\r\n');
    expect(body).toContain('chat.example:443');
  });

  it('a body of the user is counted in bytes', () => {
    expect(entering(connect, 'connect-deny', { body: 'né' })).toMatchObject({
      body: 'nÃ©\n',
      raw: expect.stringContaining('Content-Length: 4\r\n'),
    });
  });

  it('further fields stand in the head, as many as were asked for', () => {
    const { raw } = entering(connect, 'connect-extra-head', { fields: 3, length: 2 }) ?? { raw: '' };
    expect(raw).toBe('HTTP/1.1 200 Connection established\r\nX-Proxy-Trace-0: xx\r\nX-Proxy-Trace-1: xx\r\nX-Proxy-Trace-2: xx\r\n\r\n');
  });

  it('and no more than 512 KiB of them, whatever was asked for', () => {
    const { raw } = entering(connect, 'connect-extra-head', { fields: 10_000, length: 500_000 }) ?? { raw: '' };
    expect(raw.length).toBeLessThanOrEqual(512 * 1024 + 100);
    expect(entering(connect, 'connect-extra-head', { fields: 10_000, length: 100 })?.raw.length).toBeLessThanOrEqual(512 * 1024 + 100);
  });

  it.each([['socks-reply'], ['socks-garbage'], ['socks-cut'], ['socks-stall']])('%s leaves CONNECT alone, and says why', (id) => {
    expect(() => entering(connect, id)).toThrow('it works on SOCKS only, and this exchange is CONNECT');
  });
});

describe('faults on the answer to SOCKS', () => {
  it.each([
    ['general-failure', 1],
    ['not-allowed', 2],
    ['network-unreachable', 3],
    ['host-unreachable', 4],
    ['connection-refused', 5],
    ['ttl-expired', 6],
    ['command-not-supported', 7],
    ['address-type-not-supported', 8],
  ])('socks-reply %s is the code %i of RFC 1928, and 5b for SOCKS4', (reply, code) => {
    expect(entering(socks, 'socks-reply', { reply })).toEqual({
      raw: `\x05${String.fromCharCode(code)}\x00\x01\x00\x00\x00\x00\x00\x00`,
      end: 'fin',
    });
    expect(entering(socks4, 'socks-reply', { reply })).toEqual({ raw: '\x00\x5b\x00\x00\x00\x00\x00\x00', end: 'fin' });
  });

  it.each<[string, ParamValues, Delivery | undefined]>([
    ['socks-cut', { bytes: 4 }, { raw: '\x05\x00\x00\x01', end: 'fin', endMs: 0 }],
    ['socks-stall', {}, { raw: '', end: 'silence' }],
    ['socks-garbage', {}, { raw: 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n', end: 'fin' }],
    ['connect-split', { bytes: 2, ms: 1 }, { raw: granted, slice: { bytes: 2, everyMs: 1 } }],
    ['slow-connect', { ms: 10 }, { raw: granted, holdMs: 10 }],
    ['tunnel-cut', {}, { raw: granted, end: 'fin', endMs: 0, endOn: 'word' }],
  ])('%s with %j', (id, params, expected) => {
    expect(entering(socks, id, params)).toEqual(expected);
  });

  it('a cut behind the whole reply of SOCKS4 is none', () => {
    expect(entering(socks4, 'socks-cut', { bytes: 8 })).toBeUndefined();
  });

  it.each([['proxy-auth'], ['connect-deny'], ['connect-garbage'], ['connect-body'], ['connect-http10'], ['connect-status']])(
    '%s leaves SOCKS alone',
    (id) => {
      expect(() => entering(socks, id)).toThrow('it works on CONNECT only, and this exchange is SOCKS');
    },
  );
});

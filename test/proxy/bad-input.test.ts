import { createSecureContext } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../support/free-port.js';
import { ask, latin1, statusOf } from './support/ask.js';
import { type Caller, call, type Way } from './support/caller.js';
import { bugsOf, type House, reverseTo, startHouse } from './support/house.js';
import { type Origin, startOrigin } from './support/origin.js';
import type { Peer } from './support/peer.js';

let house: House;
let reverse: House;
let origin: Origin;
let secure: Origin;
beforeAll(async () => {
  house = await startHouse();
  origin = await startOrigin();
  reverse = await startHouse({ reverse: reverseTo(origin.port) });
  const { serverOptions } = await house.origins.leaf({ host: '127.0.0.1', recipe: 'good' });
  secure = await startOrigin({ secureContext: createSecureContext(serverOptions) });
});
afterAll(async () => {
  for (const one of [origin, secure, reverse, house]) await one[Symbol.asyncDispose]();
});
// Nothing that a peer says may be a bug of ours.
afterEach(() => {
  for (const home of [house, reverse]) expect(bugsOf(home)).toEqual([]);
});

describe('bytes that are no request', () => {
  it.each([
    ['zeros', '\0\0\0\0\0\0'],
    ['an SSH client', 'SSH-2.0-OpenSSH_9.2p1 comment\r\n'],
    ['HTTP/2 with prior knowledge', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['a blank line', '\r\n\r\n'],
    ['half a word', 'GE'],
    ['half a TLS record', '\x16\x03'],
    ['TLS that is no ClientHello', '\x16\x03\x01\x00\x04\x02\x00\x00\x00'],
    ['SOCKS4 BIND', '\x04\x02\x00\x50\x7f\x00\x00\x01\x00'],
  ])('get an answer that a person can read, and are on record: %s', async (_, said) => {
    const { answer, exchange } = await ask(house, latin1(said));
    expect(statusOf(answer)).toBe(400);
    expect(answer).toContain('This port is a proxy');
    expect(exchange.notAHead.clientSent).toEqual({ raw: said, why: 'unknown-bytes' });
    expect(exchange).toMatchObject({
      outcome: 'failed',
      refusal: { why: 'bad-request' },
      client: { bytesIn: said.length, bytesOut: answer.length },
    });
  });

  it('leave the other connections alone', async () => {
    const client = await call({ way: 'connect', proxyPort: house.port, originPort: origin.port });
    const server = await origin.next();
    await ask(house, latin1('\0\0\0\0'));
    await client.send(latin1('\0still here'));
    await server.bytes(11);
    client.fin();
    await server.ended();
    server.fin();
    await client.closed();
  });

  it('that end in mid-head are on record, and the client is let go', async () => {
    const { answer, exchange } = await ask(house, 'GET http://a.test/ HTTP/1.1\r\nHost: a.te');
    expect(answer).toBe('');
    expect(exchange.notAHead.clientSent).toEqual({ raw: 'GET http://a.test/ HTTP/1.1\r\nHost: a.te', why: 'truncated' });
    expect(exchange.client.end).toMatchObject({ how: 'fin', by: 'peer' });
  });
});

describe('a head over 64 KiB', () => {
  const head = (target: string) =>
    `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\nSec-WebSocket-Key: k\r\nCookie: ${'c'.repeat(66_000)}\r\n\r\n`;

  it.each([
    ['absolute', 'http://127.0.0.1/'],
    ['reverse', '/'],
  ] as const)('gets 431 (%s)', async (way, target) => {
    const { answer, exchange } = await ask(way === 'reverse' ? reverse : house, head(target), false);
    expect(statusOf(answer)).toBe(431);
    expect(exchange.notAHead.clientSent).toMatchObject({ why: 'too-large' });
    expect(exchange.refusal).toMatchObject({ status: 431, why: 'too-large' });
  });

  it.each(['connect', 'connect-tls', 'socks5'] as const)('gets 431 in a tunnel, and the server only an end (%s)', async (way) => {
    const { client, server, home } = await tunnel(way);
    await client.send(latin1(head('/')));
    await client.ended();
    expect(statusOf(client.received().toString('latin1'))).toBe(431);
    client.fin();
    await server.ended();
    server.fin();
    expect(server.length()).toBe(0);
    expect((await home.exchanges(client.localPort))[0]?.refusal).toMatchObject({ status: 431, why: 'too-large' });
  });
});

const tunnel = async (way: Way, home = house): Promise<{ client: Caller; server: Peer; home: House }> => {
  const at = way === 'connect-tls' ? secure : origin;
  const ca = way === 'connect-tls' ? { ca: home.ca } : {};
  const client = await call({ way, proxyPort: home.port, originPort: at.port, ...ca });
  return { client, server: await at.next(), home };
};

describe('a place that cannot be reached', () => {
  let dead = 0;
  beforeAll(async () => {
    dead = await freePort();
  });
  const places = {
    dead: () => ({ host: '127.0.0.1', port: dead, status: 502, code: 'ECONNREFUSED', socks: 5, text: 'nothing listens on that port' }),
    unknown: () => ({ host: 'no-such-host.invalid', port: 80, status: 502, code: /ENOTFOUND|EAI_AGAIN/, socks: 4, text: 'resolve' }),
    own: () => ({ host: '127.0.0.1', port: house.port, status: 508, code: 'SHK_LOOP', socks: 2, text: "shakedown's own port" }),
    'own by another name': () => ({
      host: 'localhost',
      port: house.port,
      status: 508,
      code: 'SHK_LOOP',
      socks: 2,
      text: "shakedown's own port",
    }),
  };

  it.each(Object.entries(places))('is told by status and by words: %s', async (_, place) => {
    const { host, port, status, code, socks, text } = place();
    const heads = [
      `CONNECT ${host}:${port} HTTP/1.1\r\n\r\n`,
      `GET ws://${host}:${port}/ HTTP/1.1\r\nHost: ${host}:${port}\r\nSec-WebSocket-Key: k\r\n\r\n`,
      `GET http://${host}:${port}/ HTTP/1.1\r\nHost: ${host}:${port}\r\n\r\n`,
    ];
    for (const head of heads) {
      const { answer, exchange } = await ask(house, head, false);
      expect({ head, status: statusOf(answer) }).toEqual({ head, status });
      expect(answer).toContain(text);
      expect(exchange.dialFailure?.code).toMatch(code);
      expect(exchange.refusal).toMatchObject({ status });
      expect(exchange.outcome).toBe('failed');
    }
    const name = latin1(host);
    const portBytes = String.fromCharCode(port >> 8, port & 0xff);
    const five = await ask(house, latin1(`\x05\x01\x00\x05\x01\x00\x03${String.fromCharCode(name.length)}${host}${portBytes}`), false);
    expect(five.answer.slice(0, 4)).toBe(`\x05\x00\x05${String.fromCharCode(socks)}`);
    expect(five.exchange.refusal?.text).toContain(text);
    const four = await ask(house, latin1(`\x04\x01${portBytes}\0\0\0\x01\0${host}\0`), false);
    expect(four.answer.slice(0, 2)).toBe('\x00\x5b');
  });

  it('is told in reverse mode too', async () => {
    await using home = await startHouse({ reverse: reverseTo(dead) });
    const { answer } = await ask(home, 'GET / HTTP/1.1\r\nHost: x\r\nSec-WebSocket-Key: k\r\n\r\n', false);
    expect(statusOf(answer)).toBe(502);
    expect(answer).toContain(`127.0.0.1:${dead}`);
  });

  it('is told to a request that names none', async () => {
    for (const target of ['ftp://a.test/', 'nonsense', 'http://[::1', 'http://a.test:99999/']) {
      for (const key of ['', 'Sec-WebSocket-Key: k\r\n']) {
        const { answer } = await ask(house, `GET ${target} HTTP/1.1\r\nHost: a.test\r\n${key}\r\n`, false);
        expect({ target, status: statusOf(answer), why: answer.includes('bad-target') }).toEqual({ target, status: 400, why: true });
      }
    }
  });
});

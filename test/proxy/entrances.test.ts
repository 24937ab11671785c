import { createSecureContext } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ask, latin1, statusOf } from './support/ask.js';
import { dial } from './support/caller.js';
import { earlyTls } from './support/early-tls.js';
import { bugsOf, type House, startHouse } from './support/house.js';
import { type Origin, startOrigin } from './support/origin.js';
import { takePeer } from './support/peer.js';

let house: House;
let origin: Origin;
let secure: Origin;
beforeAll(async () => {
  house = await startHouse();
  origin = await startOrigin();
  const { serverOptions } = await house.origins.leaf({ host: '127.0.0.1', recipe: 'good' });
  secure = await startOrigin({ secureContext: createSecureContext(serverOptions) });
});
afterAll(async () => {
  for (const one of [origin, secure, house]) await one[Symbol.asyncDispose]();
});
// Nothing that a peer says may be a bug of ours.
afterEach(() => {
  for (const home of [house]) expect(bugsOf(home)).toEqual([]);
});

describe('CONNECT', () => {
  it.each([
    ['no port', 'CONNECT a.test HTTP/1.1\r\nHost: a.test\r\n\r\n'],
    ['port 0', 'CONNECT a.test:0 HTTP/1.1\r\n\r\n'],
    ['port 65536', 'CONNECT a.test:65536 HTTP/1.1\r\n\r\n'],
    ['an empty port', 'CONNECT a.test: HTTP/1.1\r\n\r\n'],
    ['userinfo', 'CONNECT user:pass@127.0.0.1:80 HTTP/1.1\r\n\r\n'],
    ['IPv6 without brackets', 'CONNECT ::1:443 HTTP/1.1\r\n\r\n'],
    ['a URL', 'CONNECT http://127.0.0.1:80/ HTTP/1.1\r\n\r\n'],
    ['a path', 'CONNECT /x HTTP/1.1\r\n\r\n'],
    ['nothing', 'CONNECT  HTTP/1.1\r\n\r\n'],
    ['a host that is no name', 'CONNECT a..b:80 HTTP/1.1\r\n\r\n'],
    ['a wildcard', 'CONNECT *.test:80 HTTP/1.1\r\n\r\n'],
  ])('to %s gets 400 and a word about why', async (_, head) => {
    const { answer, exchange } = await ask(house, head, false);
    expect(statusOf(answer)).toBe(400);
    expect(answer).toContain('X-Shakedown: bad-target');
    expect(answer).toContain('CONNECT example.test:443 HTTP/1.1');
    expect(exchange.door.request).toBe(head);
    expect(exchange.refusal?.why).toBe('bad-target');
  });

  it.each(['Content-Length: 5', 'Content-Length: 0\r\nContent-Length: 5', 'Transfer-Encoding: chunked', 'Content-Length: x'])(
    'with a body gets 400: %s',
    async (fields) => {
      const before = origin.count();
      const { answer } = await ask(house, `CONNECT 127.0.0.1:${origin.port} HTTP/1.1\r\n${fields}\r\n\r\nhello`, false);
      expect(statusOf(answer)).toBe(400);
      expect(answer).toContain('X-Shakedown: ambiguous-head');
      expect(origin.count()).toBe(before);
    },
  );

  it.each([
    ['Poco', 'Host: 127.0.0.1\r\nProxy-Authorization: Basic Og==\r\n'],
    ['Qt 5', 'Host: 127.0.0.1\r\n'],
    ['Mojolicious', 'Content-Length: 0\r\nAccept-Encoding: gzip\r\n'],
    ['Tomcat', 'Host: 127.0.0.1:PORT\r\nConnection: keepalive\r\n'],
    ['undici', 'host: 127.0.0.1:PORT\r\nconnection: close\r\nproxy-connection: keep-alive\r\n'],
    ['https-proxy-agent', 'Host: 127.0.0.1:PORT\r\nProxy-Connection: close\r\n'],
    ['no field at all', ''],
    ['a Host that is another', 'Host: other.test:1\r\n'],
  ])('is taken as real clients write it: %s', async (_, fields) => {
    const raw = await dial(house.port);
    const client = takePeer(raw);
    const head = `CONNECT 127.0.0.1:${origin.port} HTTP/1.1\r\n${fields.replace('PORT', String(origin.port))}\r\n`;
    // Early bytes stand in the same segment.
    const early = 'GET / HTTP/1.1\r\nSec-WebSocket-Key: k\r\n\r\n';
    await client.send(latin1(head + early));
    const server = await origin.next();
    await server.bytes(early.length);
    expect(server.received().toString()).toBe(early);
    server.fin();
    await client.ended();
    expect(client.received().toString()).toBe('HTTP/1.1 200 Connection established\r\n\r\n');
    client.fin();
    await client.closed();
  });

  it('and the ClientHello may come in one segment', async () => {
    const head = `CONNECT 127.0.0.1:${secure.port} HTTP/1.1\r\nHost: 127.0.0.1:${secure.port}\r\n\r\n`;
    const stream = await earlyTls(house.port, head, house.ca);
    const server = await secure.next();
    stream.write('\0through');
    await server.bytes(8);
    expect(server.received().toString()).toBe('\0through');
    stream.destroy();
    await server.ended();
  });
});

describe('SOCKS', () => {
  it.each([
    [
      'a command that is not CONNECT',
      '\x05\x01\x00\x05\x02\x00\x01\x7f\x00\x00\x01\x00\x50',
      '\x05\x00\x05\x07',
      'SOCKS5 command 2 is not CONNECT',
    ],
    [
      'an unknown address type',
      '\x05\x01\x00\x05\x01\x00\x09\x7f\x00\x00\x01\x00\x50',
      '\x05\x00\x05\x07',
      'SOCKS5 address type 9 is unknown',
    ],
    ['port 0', '\x05\x01\x00\x05\x01\x00\x01\x7f\x00\x00\x01\x00\x00', '\x05\x00\x05\x01', 'no place to connect to'],
    ['an empty name', '\x05\x01\x00\x05\x01\x00\x03\x00\x00\x50', '\x05\x00\x05\x01', 'no place to connect to'],
    ['a name that is none', '\x05\x01\x00\x05\x01\x00\x03\x03a b\x00\x50', '\x05\x00\x05\x01', 'no place to connect to'],
    ['a password only', '\x05\x01\x02', '\x05\xff', 'without authentication'],
    ['a greeting cut short', '\x05\x03\x00', '', 'greeting is not complete'],
    ['a request cut short', '\x05\x01\x00\x05\x01\x00', '\x05\x00', 'not complete'],
    ['SOCKS4a cut short', '\x04\x01\x00\x50\x00\x00\x00\x01\x00app', '', 'not complete'],
    ['SOCKS4 to port 0', '\x04\x01\x00\x00\x7f\x00\x00\x01\x00', '\x00\x5b', 'no place to connect to'],
  ])('is refused in its own words: %s', async (_, said, reply, why) => {
    const { answer, exchange } = await ask(house, latin1(said));
    expect(answer.slice(0, reply.length)).toBe(reply);
    if (reply === '') expect(answer).toBe('');
    expect(exchange.door.request).toBe(said);
    expect(exchange.refusal?.text).toContain(why);
    expect(exchange.outcome).toBe('failed');
  });
});

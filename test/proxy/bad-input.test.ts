import { createSecureContext } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Exchange } from '../../src/model/exchange.js';
import { type Caller, call, dial, type Way } from './support/caller.js';
import { within } from './support/deadline.js';
import { earlyTls } from './support/early-tls.js';
import { type House, reverseTo, startHouse } from './support/house.js';
import { type Origin, startOrigin } from './support/origin.js';
import { type Peer, takePeer } from './support/peer.js';

let house: House;
let lenient: House;
let reverse: House;
let origin: Origin;
let secure: Origin;
beforeAll(async () => {
  house = await startHouse();
  lenient = await startHouse({ lenient: true });
  origin = await startOrigin();
  reverse = await startHouse({ reverse: reverseTo(origin.port) });
  const { serverOptions } = await house.origins.leaf({ host: '127.0.0.1', recipe: 'good' });
  secure = await startOrigin({ secureContext: createSecureContext(serverOptions) });
});
afterAll(async () => {
  for (const one of [origin, secure, reverse, lenient, house]) await one[Symbol.asyncDispose]();
});
// Nothing that a peer says may be a bug of ours.
afterEach(() => {
  for (const home of [house, lenient, reverse])
    expect(home.events.filter((event) => event.type === 'notice' && event.level === 'error')).toEqual([]);
});

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

/** Says this to the port, FIN behind it, and reads until the proxy has ended. */
const ask = async (home: House, said: string | Uint8Array, end = true): Promise<{ answer: string; exchange: Exchange }> => {
  const raw = await dial(home.port);
  const port = raw.localPort ?? 0;
  const peer = takePeer(raw);
  await peer.send(Buffer.from(said as string, 'latin1'));
  if (end) peer.fin();
  await within(peer.ended(), () => 'the proxy does not end');
  peer.fin();
  await peer.closed();
  const [exchange] = await within(home.exchanges(port), () => 'the exchange does not end');
  if (!exchange) throw new Error('no exchange');
  return { answer: peer.received().toString('latin1'), exchange };
};

const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1] ?? 0);

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

/** Heads that two parties read in two ways; `A` stands for the authority that the origin has. */
const ambiguous: readonly (readonly [string, string])[] = [
  ['a bare line feed', 'GET TARGET HTTP/1.1\nHost: A\r\nKEY\r\n'],
  ['a bare CR', 'GET TARGET HTTP/1.1\r\nHost: A\r\nKEYX: a\rb\r\n\r\n'],
  ['NUL', 'GET TARGET HTTP/1.1\r\nHost: A\r\nKEYX: a\0b\r\n\r\n'],
  ['a folded field', 'GET TARGET HTTP/1.1\r\nHost: A\r\nKEYX: a\r\n b\r\n\r\n'],
  ['a space before the colon', 'GET TARGET HTTP/1.1\r\nHost: A\r\nKEYX : a\r\n\r\n'],
  ['a line without a colon', 'GET TARGET HTTP/1.1\r\nHost: A\r\nKEYnonsense\r\n\r\n'],
  ['a field without a name', 'GET TARGET HTTP/1.1\r\nHost: A\r\nKEY: x\r\n\r\n'],
  ['an odd character in a name', 'GET TARGET HTTP/1.1\r\nHost: A\r\nKEYX(y): 1\r\n\r\n'],
  ['two Hosts', 'GET TARGET HTTP/1.1\r\nHost: A\r\nHost: b\r\nKEY\r\n'],
  ['a length and a coding', 'POST TARGET HTTP/1.1\r\nHost: A\r\nKEYContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n'],
  ['two lengths', 'POST TARGET HTTP/1.1\r\nHost: A\r\nKEYContent-Length: 0\r\nContent-Length: 1\r\n\r\n'],
  ['a length that is none', 'POST TARGET HTTP/1.1\r\nHost: A\r\nKEYContent-Length: 0x5\r\n\r\n'],
  ['a coding that is not chunked', 'POST TARGET HTTP/1.1\r\nHost: A\r\nKEYTransfer-Encoding: xchunked\r\n\r\n'],
  ['too many fields', `GET TARGET HTTP/1.1\r\nHost: A\r\nKEY${'a: b\r\n'.repeat(1001)}\r\n`],
];
const written = (head: string, at: { target: string; port: number; key: boolean }): string =>
  head
    .replace('TARGET', at.target)
    .replace('Host: A', `Host: 127.0.0.1:${at.port}`)
    .replace('KEY', at.key ? 'Sec-WebSocket-Key: k\r\n' : '');
const kinds = ambiguous.flatMap(([title, head]) => [
  { title: `${title}, a handshake`, head, key: true },
  { title: `${title}, a plain request`, head, key: false },
]);

describe('a head with two meanings', () => {
  it.each(kinds)('is refused with 400 and not forwarded: $title', async ({ head, key }) => {
    const before = origin.count();
    for (const [home, target] of [
      [house, `http://127.0.0.1:${origin.port}/`],
      [reverse, '/'],
    ] as const) {
      const raw = written(head, { target, port: origin.port, key });
      const { answer, exchange } = await ask(home, raw, false);
      expect(statusOf(answer)).toBe(400);
      expect(answer).toContain('--lenient');
      expect(exchange.heads.clientSent?.raw).toBe(raw);
      expect(exchange.heads.serverGot).toBe(null);
      expect(exchange.refusal?.why).toBe('ambiguous-head');
    }
    expect(origin.count()).toBe(before);

    const { client, server } = await tunnel('connect');
    await client.send(latin1(written(head, { target: '/', port: origin.port, key })));
    await client.ended();
    expect(statusOf(client.received().toString('latin1'))).toBe(400);
    client.fin();
    await server.ended();
    server.fin();
    expect(server.length()).toBe(0);
  });

  it('is refused where the target does not agree with the Host', async () => {
    const { answer } = await ask(
      house,
      `GET http://127.0.0.1:${origin.port}/ HTTP/1.1\r\nHost: other.test\r\nSec-WebSocket-Key: k\r\n\r\n`,
      false,
    );
    expect(statusOf(answer)).toBe(400);
  });

  it.each(kinds)('is forwarded as it is where the user wants that: $title', async ({ head, key }) => {
    const { client, server } = await tunnel('connect', lenient);
    const raw = written(head, { target: '/', port: origin.port, key });
    await client.send(latin1(raw));
    await server.bytes(raw.length);
    expect(server.received().toString('latin1')).toBe(raw);
    await server.send(latin1('HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'));
    server.fin();
    await client.ended();
    client.fin();
    const [exchange] = await lenient.exchanges(client.localPort);
    expect(exchange?.heads.serverGot?.raw).toBe(raw);
    expect(exchange?.heads.clientSent?.defects.some(({ ambiguous: twice }) => twice)).toBe(true);
  });
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

describe('a place that cannot be reached', () => {
  let dead = 0;
  beforeAll(async () => {
    const gone = await startOrigin();
    dead = gone.port;
    await gone[Symbol.asyncDispose]();
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

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ask, latin1, statusOf } from './support/ask.js';
import { type Caller, call } from './support/caller.js';
import { bugsOf, type House, reverseTo, startHouse } from './support/house.js';
import { type Origin, startOrigin } from './support/origin.js';
import type { Peer } from './support/peer.js';

let house: House;
let lenient: House;
let reverse: House;
let origin: Origin;
beforeAll(async () => {
  house = await startHouse();
  lenient = await startHouse({ lenient: true });
  origin = await startOrigin();
  reverse = await startHouse({ reverse: reverseTo(origin.port) });
});
afterAll(async () => {
  for (const one of [origin, reverse, lenient, house]) await one[Symbol.asyncDispose]();
});
// Nothing that a peer says may be a bug of ours.
afterEach(() => {
  for (const home of [house, lenient, reverse]) expect(bugsOf(home)).toEqual([]);
});

const tunnel = async (home = house): Promise<{ client: Caller; server: Peer }> => {
  const client = await call({ way: 'connect', proxyPort: home.port, originPort: origin.port });
  return { client, server: await origin.next() };
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

    const { client, server } = await tunnel();
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
    const { client, server } = await tunnel(lenient);
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

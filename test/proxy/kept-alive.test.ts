import { createSecureContext } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Caller, call, type Way } from './support/caller.js';
import { type House, reverseTo, startHouse } from './support/house.js';
import { type Origin, startOrigin } from './support/origin.js';
import type { Peer } from './support/peer.js';

const handshake = (target: string, host: string, key: string): Buffer =>
  Buffer.from(
    `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
  );
const refusal = Buffer.from('HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic\r\nContent-Length: 4\r\n\r\nnope');
const chunkedRefusal = Buffer.from('HTTP/1.1 403 No\r\ntransfer-encoding: chunked\r\n\r\n4;x=1\r\nnope\r\n0\r\nT: t\r\n\r\n');
const accepted = Buffer.from('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');

let house: House;
let origin: Origin;
let secure: Origin;
let reverse: House;
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

const open = async (way: Way): Promise<{ caller: Caller; at: Origin; home: House }> => {
  const at = way === 'connect-tls' ? secure : origin;
  const home = way === 'reverse' ? reverse : house;
  const ca = way === 'connect-tls' ? { ca: house.ca } : {};
  return { caller: await call({ way, proxyPort: home.port, originPort: at.port, ...ca }), at, home };
};
const targetOn = (way: Way, port: number, path: string): string => (way === 'absolute' ? `ws://127.0.0.1:${port}${path}` : path);

const leave = async (caller: Caller, server: Peer): Promise<void> => {
  caller.fin();
  await server.ended();
  server.fin();
  await caller.closed();
};

describe('a connection that stays open after a refusal', () => {
  it.each(['connect', 'connect-tls', 'socks5', 'socks4a'] as const)(
    'carries a second and a third handshake to the same server (%s)',
    async (way) => {
      const { caller, at, home } = await open(way);
      const host = `127.0.0.1:${at.port}`;
      const heads = ['one', 'two', 'three'].map((key) => handshake(`/${key}`, host, key));
      const answers = [refusal, chunkedRefusal, accepted];
      const before = at.count();
      const server = await at.next();
      let [up, down] = [0, 0];
      for (const [i, head] of heads.entries()) {
        await caller.send(head);
        up += head.length;
        await server.bytes(up);
        await server.send(answers[i] ?? refusal);
        down += (answers[i] ?? refusal).length;
        await caller.bytes(down);
      }
      await caller.send(Buffer.of(0x81, 0x80, 0, 0, 0, 0));
      await server.bytes(up + 6);
      await leave(caller, server);

      expect(server.received().subarray(0, up)).toEqual(Buffer.concat(heads));
      expect(caller.received()).toEqual(Buffer.concat(answers));
      expect(at.count()).toBe(before);
      const exchanges = await home.exchanges(caller.localPort, 3);
      expect(exchanges.map(({ status, outcome, entrance, body }) => ({ status, outcome, entrance, body }))).toEqual([
        { status: 401, outcome: 'refused', entrance: exchanges[0]?.entrance, body: 'nope' },
        { status: 403, outcome: 'refused', entrance: exchanges[0]?.entrance, body: '4;x=1\r\nnope\r\n0\r\nT: t\r\n\r\n' },
        { status: 101, outcome: 'closed', entrance: exchanges[0]?.entrance, body: '' },
      ]);
      expect(exchanges.map(({ heads: { clientSent } }) => clientSent?.raw)).toEqual(heads.map(String));
      expect(exchanges[2]?.frames.fromClient).toMatchObject({ frames: 1, messages: 1, bytes: 6 });
      expect(new Set(exchanges.map(({ connection }) => connection)).size).toBe(1);
    },
  );

  it.each(['absolute', 'reverse'] as const)(
    'carries a second handshake over a connection of its own, because it names its own target (%s)',
    async (way) => {
      const { caller, at, home } = await open(way);
      const host = `127.0.0.1:${at.port}`;
      await caller.send(handshake(targetOn(way, at.port, '/one'), host, 'one'));
      const first = await at.next();
      await first.bytes(handshake('/one', host, 'one').length);
      await first.send(refusal);
      await caller.bytes(refusal.length);
      await caller.send(handshake(targetOn(way, at.port, '/two'), host, 'two'));
      const second = await at.next();
      await first.ended();
      first.fin();
      await second.bytes(handshake('/two', host, 'two').length);
      await second.send(accepted);
      await caller.bytes(refusal.length + accepted.length);
      await leave(caller, second);

      expect(first.received()).toEqual(handshake('/one', host, 'one'));
      expect(first.sights).toEqual(['fin']);
      expect(second.received()).toEqual(handshake('/two', host, 'two'));
      expect(caller.received()).toEqual(Buffer.concat([refusal, accepted]));
      expect((await home.exchanges(caller.localPort, 2)).map(({ status }) => status)).toEqual([401, 101]);
    },
  );

  it.each(['connect', 'connect-tls', 'absolute', 'reverse'] as const)('ends for the client when the server ends it (%s)', async (way) => {
    const { caller, at } = await open(way);
    await caller.send(handshake(targetOn(way, at.port, '/'), `127.0.0.1:${at.port}`, 'one'));
    const server = await at.next();
    await server.bytes(handshake('/', `127.0.0.1:${at.port}`, 'one').length);
    await server.send(refusal);
    await caller.bytes(refusal.length);
    server.fin();
    await caller.ended();
    expect(caller.sights).toEqual(['fin']);
    caller.fin();
    await server.ended();
    expect(server.sights).toEqual(['fin']);
    await caller.closed();
  });
});

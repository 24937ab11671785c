import { createHash, randomBytes } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDeflater } from '../support/ws-internals.js';
import { type Caller, call, type Way } from './support/caller.js';
import { frame } from './support/frames.js';
import { type House, reverseTo, startHouse } from './support/house.js';
import { type Origin, startOrigin } from './support/origin.js';
import type { Peer } from './support/peer.js';
import { pieces } from './support/requests.js';
import { draws } from './support/seeded.js';

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

interface Opened {
  readonly client: Caller;
  readonly server: Peer;
  readonly home: House;
  /** Bytes of the heads, per direction. */
  readonly head: { readonly up: number; readonly down: number };
}

/** A WebSocket through the proxy, both heads crossed. */
const open = async (way: Way, extensions = ''): Promise<Opened> => {
  const at = way === 'connect-tls' ? secure : origin;
  const home = way === 'reverse' ? reverse : house;
  const client = await call({ way, proxyPort: home.port, originPort: at.port, ...(way === 'connect-tls' ? { ca: house.ca } : {}) });
  const host = `127.0.0.1:${at.port}`;
  const more = extensions === '' ? '' : `Sec-WebSocket-Extensions: ${extensions}\r\n`;
  const said = (target: string) => `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nSec-WebSocket-Key: k\r\n${more}\r\n`;
  const answer = `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n${more}\r\n`;
  await client.send(Buffer.from(said(way === 'absolute' ? `http://${host}/` : '/')));
  const server = await at.next();
  const head = { up: said('/').length, down: answer.length };
  await server.bytes(head.up);
  await server.send(Buffer.from(answer));
  await client.bytes(head.down);
  return { client, server, home, head };
};

const talk = async (peer: Peer, stream: Buffer, seed: number): Promise<void> => {
  for (const piece of pieces(draws(seed), stream)) await peer.send(piece);
};

/** Both streams at once, then FIN from the client and from the server; returns what was recorded. */
const converse = async ({ client, server, home, head }: Opened, up: Buffer, down: Buffer, seed = 7) => {
  await Promise.all([
    talk(client, up, seed),
    talk(server, down, seed + 1),
    server.bytes(head.up + up.length),
    client.bytes(head.down + down.length),
  ]);
  client.fin();
  await server.ended();
  server.fin();
  await client.closed();
  expect(hash(server.received().subarray(head.up))).toBe(hash(up));
  expect(hash(client.received().subarray(head.down))).toBe(hash(down));
  const [exchange] = await home.exchanges(client.localPort);
  if (!exchange) throw new Error('no exchange');
  expect(hash(home.crossed(exchange.id, 'client'))).toBe(hash(up));
  expect(hash(home.crossed(exchange.id, 'server'))).toBe(hash(down));
  return exchange;
};

const hash = (bytes: Uint8Array): string => `${bytes.length} ${createHash('sha256').update(bytes).digest('base64')}`;

const ways = ['connect', 'connect-tls', 'socks5', 'absolute', 'reverse'] as const;

describe.each(ways)('after the 101 (%s)', (way) => {
  it('fragments and the control frames between them cross as they are', async () => {
    const story = (masked: boolean): Buffer =>
      Buffer.concat([
        frame({ opcode: 1, payload: 'one ', fin: false, masked }),
        frame({ opcode: 9, payload: 'ping', masked }),
        frame({ opcode: 0, payload: '', fin: false, masked }),
        frame({ opcode: 10, masked }),
        frame({ opcode: 0, payload: 'message', masked }),
        frame({ opcode: 2, payload: Buffer.alloc(70_000, 1), masked }),
        frame({ opcode: 8, payload: Buffer.from('\x03\xe9bye', 'latin1'), masked }),
      ]);
    const exchange = await converse(await open(way), story(true), story(false));
    for (const [from, masked] of [
      ['fromClient', true],
      ['fromServer', false],
    ] as const) {
      expect(exchange.frames[from]).toMatchObject({
        frames: 7,
        messages: 2,
        pings: 1,
        pongs: 1,
        bytes: story(masked).length,
        close: { code: 1001, reason: 'bye' },
        defects: [],
      });
    }
    expect(exchange).toMatchObject({ outcome: 'closed', client: { end: { how: 'fin', by: 'peer' } }, server: { end: { how: 'fin' } } });
  });

  it('frames that no peer would take cross as they are, and are on record', async () => {
    const up = Buffer.concat([
      frame({ opcode: 1, payload: 'unmasked', masked: false }),
      frame({ opcode: 3, payload: 'reserved', masked: true }),
      frame({ opcode: 9, payload: 'x'.repeat(126), masked: true }),
      frame({ opcode: 0, payload: 'of nothing', masked: true }),
    ]);
    const down = Buffer.concat([
      frame({ opcode: 2, payload: 'masked', masked: true }),
      frame({ opcode: 1, payload: 'rsv', rsv: 7, masked: false }),
      frame({ opcode: 9, fin: false, masked: false }),
      frame({ opcode: 8, payload: Buffer.of(3), masked: false }),
      Buffer.from('<html>and then this'),
    ]);
    const { frames } = await converse(await open(way), up, down);
    expect(frames.fromClient.defects.map(({ code }) => code)).toEqual([
      'unmasked-from-client',
      'opcode',
      'control-too-long',
      'continuation',
    ]);
    expect(frames.fromServer.defects.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['masked-from-server', 'rsv', 'control-fragmented', 'close-payload']),
    );
    expect(frames.fromServer.bytes).toBe(down.length);
  });

  it.each(['client', 'server'] as const)('a reset by the %s in mid-frame cuts the other side off as it would without us', async (from) => {
    const { client, server, home, head } = await open(way);
    const part = frame({ opcode: 1, payload: 'never finished', masked: from === 'client', claim: 100 });
    const [speaker, hearer, heard] = from === 'client' ? [client, server, head.up] : [server, client, head.down];
    await speaker.send(part);
    await hearer.bytes(heard + part.length);
    speaker.reset();
    await hearer.ended();
    expect(hearer.sights).toEqual(['reset']);
    expect(hearer.length()).toBe(heard + part.length);
    const [exchange] = await home.exchanges(client.localPort);
    expect(exchange?.[from]?.end).toMatchObject({ how: 'reset', by: 'peer', code: 'ECONNRESET' });
    expect(exchange?.[from === 'client' ? 'server' : 'client']?.end).toMatchObject({ how: 'reset', by: 'shakedown' });
    expect(exchange?.frames[from === 'client' ? 'fromClient' : 'fromServer'].defects.map(({ code }) => code)).toEqual(['truncated']);
  });

  it('a server that has said FIN and is gone resets a client that still talks', async () => {
    const { client, server } = await open(way);
    server.fin();
    await client.ended();
    expect(client.sights).toEqual(['fin']);
    server.reset();
    // Its first bytes find out that nobody is there.
    while (!client.sights.includes('reset') && !client.stream.destroyed) {
      await client.send(frame({ opcode: 1, payload: 'anybody?', masked: true }));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await client.closed();
    expect(client.sights).toEqual(['fin', 'reset']);
  });
});

describe('permessage-deflate', () => {
  it.each([{ noContextTakeover: false }, { noContextTakeover: true }])('crosses compressed as it came (%o)', async (options) => {
    const compress = async (masked: boolean): Promise<Buffer> => {
      const deflater = createDeflater(options);
      const frames: Buffer[] = [];
      for (const text of ['{"type":"hello"}', '{"type":"hello"}', 'x'.repeat(5000), '']) {
        const payload = await new Promise<Buffer>((resolve, reject) =>
          deflater.compress(Buffer.from(text), true, (error, result) => (error ? reject(error) : resolve(result))),
        );
        frames.push(frame({ opcode: 1, rsv: 4, payload, masked }));
      }
      deflater.cleanup();
      return Buffer.concat([...frames, frame({ opcode: 9, payload: 'between', masked }), frame({ opcode: 2, payload: 'plain', masked })]);
    };
    const { frames } = await converse(await open('connect', 'permessage-deflate'), await compress(true), await compress(false));
    for (const tally of [frames.fromClient, frames.fromServer])
      expect(tally).toMatchObject({ frames: 6, messages: 5, pings: 1, defects: [] });
  });
});

describe('amounts', () => {
  it.each(['connect', 'connect-tls'] as const)('a message of 8 MiB crosses each way at once (%s)', async (way) => {
    const payload = randomBytes(8 * 1024 * 1024);
    const { frames } = await converse(
      await open(way),
      frame({ opcode: 2, payload, masked: true }),
      frame({ opcode: 2, payload, masked: false }),
    );
    for (const tally of [frames.fromClient, frames.fromServer]) expect(tally).toMatchObject({ frames: 1, messages: 1, defects: [] });
  });

  it('50,000 small messages cross each way at once', async () => {
    const count = 50_000;
    const many = (masked: boolean): Buffer =>
      Buffer.concat(Array.from({ length: count }, (_, i) => frame({ opcode: 1, payload: `message ${i}`, masked })));
    const { frames } = await converse(await open('connect'), many(true), many(false));
    for (const tally of [frames.fromClient, frames.fromServer])
      expect(tally).toMatchObject({ frames: count, messages: count, defects: [] });
  });

  it('compressed frames are odd only until the 101 agrees to them', async () => {
    const early = frame({ opcode: 1, rsv: 4, payload: Buffer.from([0x4a, 0x4e, 0x04, 0x00]), masked: true });
    const client = await call({ way: 'connect', proxyPort: house.port, originPort: origin.port });
    const head =
      'GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nSec-WebSocket-Key: k\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n';
    await client.send(Buffer.concat([Buffer.from(head), early]));
    const server = await origin.next();
    await server.bytes(head.length + early.length);
    await server.send(Buffer.from('HTTP/1.1 101 S\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n'));
    await client.send(early);
    await server.bytes(head.length + 2 * early.length);
    client.fin();
    await server.ended();
    server.fin();
    const [exchange] = await house.exchanges(client.localPort);
    expect(exchange?.frames.fromClient).toMatchObject({ frames: 2, messages: 2, defects: [{ code: 'rsv', offset: 0 }] });
  });
});

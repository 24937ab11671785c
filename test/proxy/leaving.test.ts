import { readdirSync } from 'node:fs';
import type { Socket } from 'node:net';
import { connect, createSecureContext, type TLSSocket } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { call, dial } from './support/caller.js';
import { clientHello } from './support/client-hello.js';
import { within } from './support/deadline.js';
import { bugsOf, type House, reverseTo, startHouse } from './support/house.js';
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
afterEach(() => {
  expect(bugsOf(house)).toEqual([]);
});

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const ended = async (port: number, home = house) => {
  const [exchange] = await within(home.exchanges(port), () => 'the exchange does not end');
  if (!exchange) throw new Error('no exchange');
  return exchange;
};
const handshake = 'GET / HTTP/1.1\r\nHost: a\r\nSec-WebSocket-Key: k\r\n\r\n';

/** TLS on a connected socket, as a client that trusts shakedown. */
const secured = async (socket: Socket, home = house): Promise<TLSSocket> => {
  const stream = connect({ socket, host: '127.0.0.1', ca: home.ca });
  await new Promise<void>((resolve, reject) => stream.once('secureConnect', resolve).once('error', reject));
  return stream;
};

describe('TLS to the port itself', () => {
  it('is an HTTPS proxy: CONNECT inside it, and TLS inside that', async () => {
    const raw = await dial(house.port);
    const outer = await secured(raw);
    const head = `CONNECT 127.0.0.1:${secure.port} HTTP/1.1\r\nHost: 127.0.0.1:${secure.port}\r\n\r\n`;
    outer.write(head);
    const reply = await new Promise<Buffer>((resolve) => outer.once('data', resolve));
    expect(reply.toString()).toBe('HTTP/1.1 200 Connection established\r\n\r\n');
    const inner = await secured(outer);
    inner.write(handshake);
    const server = await secure.next();
    await server.bytes(handshake.length);
    await server.send(latin1('HTTP/1.1 101 S\r\n\r\n'));
    const answer = await new Promise<Buffer>((resolve) => inner.once('data', resolve));
    expect(answer.toString()).toBe('HTTP/1.1 101 S\r\n\r\n');
    inner.end();
    await server.ended();
    server.fin();
    const exchange = await ended(raw.localPort ?? 0);
    expect(exchange).toMatchObject({ entrance: 'connect', status: 101, outcome: 'closed', target: { scheme: 'wss' } });
    expect(exchange.heads.serverGot?.raw).toBe(handshake);
  });

  it('is an HTTPS proxy for requests in absolute form', async () => {
    const raw = await dial(house.port);
    const stream = await secured(raw);
    stream.write(`GET ws://127.0.0.1:${origin.port}/ HTTP/1.1\r\nHost: 127.0.0.1:${origin.port}\r\nSec-WebSocket-Key: k\r\n\r\n`);
    const server = await origin.next();
    server.fin();
    await new Promise<void>((resolve) => stream.once('end', resolve).resume());
    stream.end();
    expect(await ended(raw.localPort ?? 0)).toMatchObject({ entrance: 'absolute' });
  });

  it('is the server in reverse mode for wss', async () => {
    await using home = await startHouse({ reverse: reverseTo(origin.port) });
    const raw = await dial(home.port);
    const stream = await secured(raw, home);
    stream.write(handshake);
    const server = await origin.next();
    await server.bytes(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${origin.port}\r\nSec-WebSocket-Key: k\r\n\r\n`.length);
    expect(server.received().toString()).toBe(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${origin.port}\r\nSec-WebSocket-Key: k\r\n\r\n`);
    server.fin();
    await new Promise<void>((resolve) => stream.once('end', resolve).resume());
    stream.end();
    expect(await ended(raw.localPort ?? 0, home)).toMatchObject({ entrance: 'reverse', client: { tls: { authorized: null } } });
  });

  it('goes on to a server with TLS in reverse mode', async () => {
    await using home = await startHouse({ reverse: reverseTo(secure.port, 'wss'), insecure: ['*'] });
    const client = takePeer(await dial(home.port));
    await client.send(latin1(handshake));
    const server = await secure.next();
    await server.bytes(50);
    await server.send(latin1('HTTP/1.1 101 S\r\n\r\n'));
    await client.bytes(18);
    client.fin();
    await server.ended();
    server.fin();
    await client.closed();
  });

  it('that is left after its handshake is on record as a request that never came', async () => {
    const raw = await dial(house.port);
    const stream = await secured(raw);
    stream.end();
    const exchange = await ended(raw.localPort ?? 0);
    expect(exchange).toMatchObject({ notAHead: { clientSent: { raw: '', why: 'truncated' } }, outcome: 'failed' });
  });
});

/** Where a client is when it leaves, through CONNECT. */
const leavers: Readonly<Record<string, { readonly tls: boolean; readonly go: (socket: Socket, port: number) => Promise<Socket> }>> = {
  'after CONNECT': { tls: false, go: async (socket) => socket },
  'in mid-head': {
    tls: false,
    go: async (socket) => {
      socket.write(handshake.slice(0, 20));
      return socket;
    },
  },
  'in mid-ClientHello': {
    tls: false,
    go: async (socket) => {
      socket.write(Buffer.of(0x16, 3, 1, 2, 0, 1, 0, 1));
      return socket;
    },
  },
  'after TLS without a request': { tls: true, go: async (socket) => secured(socket) },
  'in mid-head inside TLS': {
    tls: true,
    go: async (socket) => {
      const stream = await secured(socket);
      stream.write(handshake.slice(0, 20));
      return stream;
    },
  },
};

describe('a client that leaves', () => {
  for (const [stage, { tls, go }] of Object.entries(leavers)) {
    it.each(['fin', 'reset'] as const)(`${stage} ends for the server as it would without us, and is on record (%s)`, async (how) => {
      const at = tls ? secure : origin;
      const client = await call({ way: 'connect', proxyPort: house.port, originPort: at.port });
      // The caller's listeners stay on the socket; TLS takes its bytes.
      const stream = await go(client.raw, at.port);
      stream.on('error', () => {});
      const server = await within(at.next(), () => 'the server was not reached');
      if (how === 'fin') stream.end();
      else client.raw.resetAndDestroy();
      await within(server.ended(), () => 'the server does not hear of it');
      expect(server.sights).toEqual([how]);
      server.fin();
      const exchange = await ended(client.localPort);
      expect(exchange.heads.clientSent).toBe(null);
      expect(exchange.client.end).toMatchObject({ how, by: 'peer' });
    });
  }

  it('after its ClientHello does not wait for our patience to end', async () => {
    const client = await call({ way: 'connect', proxyPort: house.port, originPort: secure.port });
    const hello = await clientHello();
    await client.send(hello);
    client.fin();
    await within(client.closed(), () => 'the client is kept');
    const exchange = await ended(client.localPort);
    expect(exchange.client.tlsFailure).toMatchObject({ code: 'SHK_TLS_EOF' });
    await secure.next();
  });
});

/** What a raw server does in place of TLS. `times` counts connections: the proxy tries TLS itself, then passes the client's own. */
const failures: Readonly<Record<string, (socket: Socket) => void>> = {
  'ends at once': (socket) => void socket.end(),
  'ends after the ClientHello': (socket) => void socket.once('data', () => socket.end()),
  'resets after the ClientHello': (socket) => void socket.once('data', () => socket.resetAndDestroy()),
  'answers in plain HTTP': (socket) =>
    void socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\nplain')),
  'answers like SSH': (socket) => void socket.once('data', () => socket.end('SSH-2.0-OpenSSH_9.2\r\n')),
  'answers with half a ServerHello': (socket) => void socket.once('data', () => socket.end(Buffer.of(0x16, 3, 3, 0, 80, 2, 0, 0))),
  'sends an alert': (socket) => void socket.once('data', () => socket.end(Buffer.of(0x15, 3, 1, 0, 2, 2, 40))),
};

describe('a server that fails in the TLS handshake', () => {
  /** What a TLS client meets: the error of its handshake, by itself or through the proxy. */
  const meet = async (port: number, through: boolean): Promise<{ code: string; localPort: number }> => {
    const socket = through ? (await call({ way: 'connect', proxyPort: house.port, originPort: port })).raw : await dial(port);
    const stream = connect({ socket, host: '127.0.0.1', ca: house.ca });
    const localPort = socket.localPort ?? 0;
    return new Promise((resolve) => {
      stream.on('error', (error: NodeJS.ErrnoException) => resolve({ code: error.code ?? error.message, localPort }));
      stream.on('secureConnect', () => resolve({ code: 'none', localPort }));
    });
  };

  it.each(Object.entries(failures))('%s: the client meets just what it would without us', async (_, fail) => {
    await using server = await startOrigin({ raw: fail });
    const without = await meet(server.port, false);
    const through = await meet(server.port, true);
    expect(through.code).toBe(without.code);
    const exchange = await ended(through.localPort);
    expect(exchange.outcome).not.toBe('pending');
    expect(exchange.heads.clientSent).toBe(null);
  });

  it.each([
    ['answers in plain HTTP', 'HTTP/1.1 400 Bad Request'],
    ['answers with half a ServerHello', ''],
  ])('%s: its first bytes are on record', async (name, start) => {
    const fail = failures[name];
    if (!fail) throw new Error(name);
    await using server = await startOrigin({ raw: fail });
    const exchange = await ended((await meet(server.port, true)).localPort);
    expect(exchange.server?.tlsFailure?.code).toMatch(/.+/);
    expect(exchange.server?.tlsFailure?.firstBytes.slice(0, 24)).toBe(start);
  });
});

describe('5,000 connections that come and go', () => {
  const descriptors = (): number => readdirSync('/proc/self/fd').length;

  it('leave no descriptor, and each exchange ends exactly once', async () => {
    await using home = await startHouse();
    await using server = await startOrigin({
      raw: (socket) => {
        socket.on('data', () => {});
        socket.on('end', () => socket.end());
      },
    });
    const before = descriptors();
    const one = async (n: number): Promise<void> => {
      const raw = await dial(home.port);
      const peer = takePeer(raw);
      const way = n % 8;
      if (way === 0) await peer.send(latin1('\0\0'));
      else if (way === 1) await peer.send(latin1('GET / HT'));
      else if (way === 2) await peer.send(latin1('GET / HTTP/1.1\r\nHost: a\r\n\r\n'));
      else if (way === 3) await peer.send(latin1('\x05\x01\x00'));
      else {
        await peer.send(latin1(`CONNECT 127.0.0.1:${server.port} HTTP/1.1\r\n\r\n`));
        if (way > 4) await peer.bytes(39);
        if (way > 5) await peer.send(latin1(handshake.slice(0, way === 6 ? 9 : undefined)));
      }
      if (n % 3 === 0) return peer.reset();
      peer.fin();
      await peer.closed();
    };
    const count = 5000;
    let next = 0;
    const worker = async (): Promise<void> => {
      while (next < count) await one(next++);
    };
    await Promise.all(Array.from({ length: 40 }, worker));
    const counts = () => {
      const of = (type: string) => home.events.filter((event) => event.type === type).map(({ exchange }) => exchange);
      return { opened: of('opened'), closed: of('closed') };
    };
    await within(
      home.event(() => {
        const { opened, closed } = counts();
        return opened.length === closed.length && descriptors() <= before + 4;
      }),
      () => `${counts().opened.length} opened, ${counts().closed.length} closed, ${descriptors()} descriptors, ${before} before`,
    );
    const { opened, closed } = counts();
    expect([...closed].sort()).toEqual([...opened].sort());
    expect(new Set(closed).size).toBe(closed.length);
    expect(opened.length).toBeGreaterThan(4000);
    expect(home.events.filter((event) => event.type === 'notice' && event.level !== 'info')).toEqual([]);
  }, 60_000);
});

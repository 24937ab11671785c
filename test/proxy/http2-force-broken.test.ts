import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acceptFor } from '../../src/wire/accept-key.js';
import { startHttp2Server } from '../support/http2-server.js';
import { testCertificate } from '../support/test-certificate.js';
import { call } from './support/caller.js';
import { findings, recordedBy } from './support/forced.js';
import { bugsOf, type House, startHouse } from './support/house.js';
import { callHttp2, extendedConnect } from './support/http2-caller.js';

const own = testCertificate();
let house: House;
beforeAll(async () => {
  house = await startHouse({ insecure: ['127.0.0.1'], http2: 'force' });
});
afterAll(async () => {
  expect(bugsOf(house)).toEqual([]);
  await house[Symbol.asyncDispose]();
});

/** A server of HTTP/1.1 over TLS that does this once it has read a request head. */
const serverThat = async (act: (socket: TLSSocket, head: string) => void) => {
  const sockets = new Set<TLSSocket>();
  const server = createServer({ cert: own.cert, key: own.key }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    let held = '';
    const onData = (chunk: Buffer): void => {
      held += chunk.toString('latin1');
      if (!held.includes('\r\n\r\n')) return;
      socket.off('data', onData);
      act(socket, held);
    };
    socket.on('data', onData);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

const caller = (port: number) => callHttp2({ proxyPort: house.port, originPort: port, ca: house.ca });

describe('a server of HTTP/1.1 that breaks off', () => {
  const rows: readonly (readonly [title: string, act: (socket: TLSSocket) => void, finding: string])[] = [
    ['answers what is no HTTP', (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'), 'url.wrong-service'],
    ['ends without a word', (socket) => socket.end(), 'server.empty-reply'],
    ['breaks off in its head', (socket) => socket.end('HTTP/1.1 403 Forb'), 'server.truncated-response'],
    ['breaks off in its body', (socket) => socket.end('HTTP/1.1 503 No\r\nContent-Length: 100\r\n\r\nhalf'), 'intermediary.unavailable'],
    [
      'breaks off in its chunks',
      (socket) => socket.end('HTTP/1.1 503 No\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhal'),
      'intermediary.unavailable',
    ],
  ];
  it.each(rows)('%s: the stream is reset, and its session serves on', async (_title, act, finding) => {
    await using server = await serverThat(act);
    const client = await caller(server.port);
    for (let i = 0; i < 2; i++) {
      const { stream, body } = client.ask(extendedConnect(`127.0.0.1:${server.port}`));
      await body;
      if (!stream.closed) await once(stream, 'close');
      expect(stream.rstCode).toBe(2);
    }
    await client[Symbol.asyncDispose]();
    const exchanges = await recordedBy(house, client.localPort, 2);
    expect(exchanges.map((exchange) => findings(exchange)[0])).toEqual([finding, finding]);
  });

  it('gives a whole refusal that lasts until the end of the connection', async () => {
    await using server = await serverThat((socket) => void socket.end('HTTP/1.1 404 Gone\r\nConnection: close\r\n\r\nnothing here'));
    const client = await caller(server.port);
    const { answer, body, stream } = client.ask(extendedConnect(`127.0.0.1:${server.port}`));
    expect((await answer)[':status']).toBe(404);
    expect((await body).toString()).toBe('nothing here');
    if (!stream.closed) await once(stream, 'close');
    expect(stream.rstCode).toBe(0);
    await client[Symbol.asyncDispose]();
  });

  it('passes its trailers on', async () => {
    await using server = await serverThat(
      (socket) =>
        void socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n2\r\nab\r\n0\r\nX-Sum: 9\r\n\r\n'),
    );
    const client = await caller(server.port);
    const { stream, body } = client.ask({ ':path': '/', 'sec-websocket-version': '13' });
    const trailers = new Promise((resolve) => void stream.once('trailers', resolve));
    expect((await body).toString()).toBe('ab');
    expect(await trailers).toMatchObject({ 'x-sum': '9' });
    await client[Symbol.asyncDispose]();
  });
});

const key = 'dGhlIHNhbXBsZSBub25jZQ==';
const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const big = Buffer.alloc(16 * 1024 * 1024, 'bridged ');

describe('much data', () => {
  it('crosses from a client of HTTP/2 and back', async () => {
    await using server = await serverThat((socket, head) => {
      const asked = /sec-websocket-key: (\S+)/i.exec(head)?.[1] ?? '';
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${acceptFor(asked)}\r\n\r\n`,
      );
      socket.pipe(socket);
    });
    const client = await caller(server.port);
    const { stream, answer, body } = client.ask(extendedConnect(`127.0.0.1:${server.port}`));
    await answer;
    stream.end(big);
    expect(hashOf(await body)).toBe(hashOf(big));
    await client[Symbol.asyncDispose]();
  });

  it('crosses from a client of HTTP/1.1 to a server of HTTP/2 and back', async () => {
    await using server = await startHttp2Server({ ...own, http1: false });
    const client = await call({ way: 'connect', proxyPort: house.port, originPort: server.port, ca: house.ca });
    const request = `POST /post HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: ${big.length}\r\n\r\n`;
    void client.send(Buffer.concat([Buffer.from(request), big]));
    await client.ended();
    const [answer, ...chunks] = client
      .received()
      .toString('latin1')
      .split(/\r\n\r\n/, 1);
    expect([answer?.startsWith('HTTP/1.1 200 OK'), chunks]).toEqual([true, []]);
    expect(client.length()).toBeGreaterThan(big.length);
    await recordedBy(house, client.localPort, 1);
  });
});

describe('a server of HTTP/2 that goes', () => {
  const open = async (port: number) => {
    const client = await call({ way: 'connect', proxyPort: house.port, originPort: port, ca: house.ca });
    const request = `GET /chat HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n\r\n`;
    void client.send(Buffer.from(request));
    await client.bytes(100);
    expect(client.received().toString()).toContain('HTTP/1.1 101 ');
    return client;
  };

  it('tells its GOAWAY on the exchange, and its end ends the client', async () => {
    const server = await startHttp2Server(own);
    const client = await open(server.port);
    server.goaway(11);
    await house.event((event) => event.type === 'goaway' && event.leg === 'server');
    await server[Symbol.asyncDispose]();
    await client.ended();
    const [exchange] = await recordedBy(house, client.localPort, 1);
    expect(exchange?.server?.goaway).toMatchObject({ code: 'ENHANCE_YOUR_CALM' });
    expect(exchange?.outcome).toBe('closed');
  });

  it('ends a client that has asked nothing yet', async () => {
    const server = await startHttp2Server(own);
    const client = await call({ way: 'connect', proxyPort: house.port, originPort: server.port, ca: house.ca });
    await house.event(
      (event) => event.type === 'tls' && event.leg === 'client' && event.exchange === String(house.now(client.localPort)[0]?.id),
    );
    await server[Symbol.asyncDispose]();
    await client.ended();
    client.fin();
    await recordedBy(house, client.localPort, 1);
  });
});

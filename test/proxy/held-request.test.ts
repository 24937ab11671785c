import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Shakedown, startShakedown } from '../../src/index.js';
import { openRawClient, upgradeRequest } from '../support/raw-client.js';
import { type RawServer, silence, startRawServer } from '../support/raw-server.js';

const home = mkdtempSync(join(tmpdir(), 'shakedown-held-'));
let server: RawServer;
let shakedown: Shakedown;
beforeAll(async () => {
  shakedown = await startShakedown({ caDir: join(home, 'ca'), seed: 7 });
});
beforeEach(async () => {
  server = await startRawServer([silence]);
});
afterEach(async () => {
  await shakedown.reset();
  await server.close();
});
afterAll(async () => {
  await shakedown.stop();
  rmSync(home, { recursive: true, force: true });
});

const open = () => {
  const proxy = new URL(shakedown.proxy);
  const place = { host: '127.0.0.1', port: server.port };
  return openRawClient({ target: place, via: { type: 'connect', proxy: { host: proxy.hostname, port: Number(proxy.port) } } });
};
const request = () => upgradeRequest({ host: '127.0.0.1', port: server.port });
const isClosed = () =>
  new Promise<void>((resolve) => {
    const stop = shakedown.subscribe((event) => {
      if (event.type !== 'closed') return;
      stop();
      resolve();
    });
  });

describe('a request that is held back', () => {
  it('comes whole, and what the client said meanwhile comes behind it', async () => {
    await shakedown.arm('slow-request:ms=150');
    using client = await open();
    await client.send(request(), '\x81\x85abcd');
    const peer = await server.connection(0);
    expect(peer.received()).toHaveLength(0);
    await client.send('12345');
    const bytes = await peer.until('12345');
    expect(bytes.toString('latin1')).toBe(`${request()}\x81\x85abcd12345`);
  });

  it.each(['fin', 'reset'] as const)('is given up when the client leaves (%s), and the server gets nothing but an end', async (how) => {
    await shakedown.arm('slow-request:ms=0');
    using client = await open();
    await client.send(request());
    const peer = await server.connection(0);
    const closed = isClosed();
    if (how === 'fin') client.end();
    else client.reset();
    await peer.ended;
    peer.end();
    await closed;
    expect(peer.received()).toHaveLength(0);
  });
});

describe('a server that sees the client leave early', () => {
  it.each(['fin', 'reset'] as const)('has the whole request and then %s, and its answer reaches nobody', async (how) => {
    // libuv tells a reset that arrives together with bytes as an end.
    await shakedown.arm(`leave-early:ms=50,end=${how}`);
    using client = await open();
    await client.send(request());
    const peer = await server.connection(0);
    expect((await peer.until('\r\n\r\n')).toString('latin1')).toBe(request());
    expect((await peer.ended).how).toBe(how);
    if (how === 'fin') await peer.send('HTTP/1.1 101 Switching Protocols\r\n\r\n');
    peer.end();
    const closed = isClosed();
    client.end();
    await closed;
    await client.ended;
    expect(client.received()).toHaveLength(0);
  });
});

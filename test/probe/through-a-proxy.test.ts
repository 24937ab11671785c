import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { examine, outOf, startConnectProxy, startUpgradeServer } from './support.js';

/** Opens, with an Accept that fits no key. */
const startWithBadAccept = async (): Promise<{ readonly port: number } & AsyncDisposable> => {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () =>
      socket.write(
        'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\n\r\n',
      ),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, [Symbol.asyncDispose]: async () => void server.close() };
};

/** As `ssh -D`: it takes the greeting of SOCKS5, and ends where the reply was due. */
const startEndingSocks = async (): Promise<{ readonly url: string } & AsyncDisposable> => {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => {
      socket.write(Buffer.of(5, 0));
      socket.once('data', () => socket.end());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `socks5://127.0.0.1:${(server.address() as AddressInfo).port}`, [Symbol.asyncDispose]: async () => void server.close() };
};

describe('What is wrong with a WebSocket that opens through a proxy', () => {
  it('is the doing of the server, where it is the same without the proxy', async () => {
    await using server = await startWithBadAccept();
    await using proxy = await startConnectProxy();
    const { findings } = await examine(`ws://127.0.0.1:${server.port}/`, { proxy: proxy.url });
    expect(findings[0]).toMatchObject({ code: 'server.accept-mismatch', cause: 'server' });
    expect(findings.filter(({ cause }) => cause === 'intermediary')).toEqual([]);
  });

  it('is the doing of the proxy, where all is well without it', async () => {
    await using server = await startUpgradeServer({ upgrade: () => 101 });
    await using bad = await startWithBadAccept();
    await using proxy = await startConnectProxy(undefined, bad.port);
    const { findings } = await examine(`ws://127.0.0.1:${server.port}/`, { proxy: proxy.url });
    expect(findings[0]).toMatchObject({ code: 'intermediary.response-header-rewritten', culprit: `the upstream proxy ${proxy.url}` });
    expect(findings[0]?.title).toMatch(/^It is the proxy: without the proxy nothing is wrong/);
  });

  it('is no timer of a proxy, where a server always ends at once', async () => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    server.on('connection', (one) => one.once('ping', () => one.terminate()));
    await new Promise<void>((resolve) => server.once('listening', resolve));
    await using proxy = await startConnectProxy();
    const { port } = server.address() as AddressInfo;
    const { findings } = await examine(`ws://127.0.0.1:${port}/`, { proxy: proxy.url });
    server.close();
    expect(findings[0]).toMatchObject({ code: expect.stringMatching(/^server\.(close|rst)-after-101$/), cause: 'server' });
    expect(findings.map(({ code }) => code)).not.toContain('intermediary.max-lifetime');
  });
});

describe('A SOCKS proxy that ends in place of a reply', () => {
  it('could not reach the server, where nobody can', async () => {
    const server = await startUpgradeServer({ upgrade: () => 101 });
    await server[Symbol.asyncDispose]();
    await using proxy = await startEndingSocks();
    const report = await examine(`ws://127.0.0.1:${server.port}/`, { proxy: proxy.url });
    expect(report.findings[0]).toMatchObject({ code: 'url.refused', cause: 'url' });
    expect(outOf(report)).toContain('intermediary.connect-refused');
  });

  it('may not, where the server opens without it', async () => {
    await using server = await startUpgradeServer({ upgrade: () => 101 });
    await using proxy = await startEndingSocks();
    const { findings } = await examine(`ws://127.0.0.1:${server.port}/`, { proxy: proxy.url });
    expect(findings[0]).toMatchObject({ code: 'intermediary.connect-refused', confidence: 0.99 });
  });
});

import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { describe, expect, it } from 'vitest';
import { openGrounds } from '../setups/grounds.js';
import { startNginx } from '../setups/nginx/support.js';
import { startEchoServer } from '../support/echo-server.js';
import { findProgram } from '../support/find.js';
import { fin, send, startRawServer, until } from '../support/raw-server.js';
import { testCertificate } from '../support/test-certificate.js';
import { examine, firstOf, startConnectProxy, startUpgradeServer } from './support.js';

const withoutNginx = 'missing' in findProgram('nginx');

describe('an Origin refused with 404, or a wrong path', () => {
  const notFound = { status: 404, body: 'Page not found\n' };

  it('is the Origin, where another one opens', async () => {
    await using server = await startUpgradeServer({
      upgrade: ({ headers }) => (headers.origin === undefined || headers.origin === 'https://app.example' ? 101 : notFound),
    });
    const report = await examine(`ws://127.0.0.1:${server.port}/cable`, { origin: 'https://evil.example' });
    expect(report.findings[0]).toMatchObject({ code: 'origin.rejected', confidence: 0.98 });
    expect(report.findings.map(({ code }) => code)).not.toContain('url.not-found');
    expect(report.findings[0]?.ruledOut.map(({ code }) => code)).toContain('url.not-found');
  });

  it('is the path, where another one opens', async () => {
    await using server = await startUpgradeServer({ upgrade: ({ url }) => (url === '/cable' ? 101 : notFound) });
    const report = await examine(`ws://127.0.0.1:${server.port}/cabel`, { origin: 'https://evil.example' });
    expect(report.findings[0]).toMatchObject({ code: 'url.not-found', confidence: 0.97 });
    expect(report.findings[0]?.title).toContain('/cable does');
    expect(report.findings.filter(({ cause }) => cause === 'origin')).toEqual([]);
  });
});

describe('Upgrade stripped by a proxy, or a server without a handler', () => {
  const startExpress = async () => {
    const app = express();
    app.get('/', (_request, response) => void response.send('<h1>welcome</h1>'));
    const server = app.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    return { port: (server.address() as AddressInfo).port, [Symbol.asyncDispose]: async () => void server.close() };
  };

  it.each(['/', '/chat'])('is the server, where Express alone answers %s', async (path) => {
    await using app = await startExpress();
    const report = await examine(`ws://127.0.0.1:${app.port}${path}`);
    expect(report.findings[0]).toMatchObject({ code: 'server.no-upgrade-handler', culprit: 'Express' });
    expect(report.findings[0]?.ruledOut.map(({ code }) => code)).toContain('intermediary.upgrade-stripped');
  });

  it.skipIf(withoutNginx)('is the proxy, where nginx stands before an Express with a handler', async () => {
    await using grounds = openGrounds();
    await using app = await startExpress();
    const port = await startNginx(grounds, {
      server: (at) => `listen 127.0.0.1:${at.port}; location / { proxy_pass http://127.0.0.1:${app.port}; }`,
    });
    expect(firstOf(await examine(`ws://127.0.0.1:${port}/chat`))).toBe('intermediary.upgrade-stripped');
  });

  it.skipIf(withoutNginx)('is the proxy, where the server behind asks for the Upgrade', async () => {
    await using grounds = openGrounds();
    await using app = await startUpgradeServer({
      upgrade: () => 101,
      plain: (_request, response) => response.writeHead(426, { Upgrade: 'websocket' }).end('Upgrade Required'),
    });
    const port = await startNginx(grounds, {
      server: (at) => `listen 127.0.0.1:${at.port}; location / { proxy_pass http://127.0.0.1:${app.port}; }`,
    });
    expect(firstOf(await examine(`ws://127.0.0.1:${port}/chat`))).toBe('intermediary.upgrade-stripped');
  });
});

describe('TLS to a plain port, or an old TLS version', () => {
  it('is the scheme, where the port answers HTTP', async () => {
    await using server = await startEchoServer();
    const report = await examine(`wss://127.0.0.1:${server.port}/chat`);
    expect(report.findings[0]).toMatchObject({ code: 'url.scheme-mismatch-tls-to-plain', confidence: 0.98 });
    expect(report.findings[0]?.title).toContain('with ws:// the WebSocket opens');
  });

  it('is the scheme, where the port hangs up on what is no HTTP', async () => {
    await using server = await startRawServer([until((bytes) => bytes.length > 3 && !bytes.toString('latin1').startsWith('GET')), fin]);
    await using plain = await startRawServer([until((bytes) => bytes.length > 3), fin]);
    // Neither says a word to a ClientHello; only one of them would speak HTTP, and that is not told by silence.
    expect(firstOf(await examine(`wss://127.0.0.1:${plain.port}/`))).toBe('tls.handshake-eof');
    expect(server.failures).toEqual([]);
    await using picky = await startRawServer([
      until((bytes) => bytes.includes('\r\n\r\n') || bytes[0] === 0x16),
      {
        type: 'wait',
        for: async () => {
          const last = picky.connections.at(-1);
          if (last?.received()[0] === 0x16) last.end();
        },
      },
      send('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'),
      fin,
    ]);
    expect(firstOf(await examine(`wss://127.0.0.1:${picky.port}/`))).toBe('url.scheme-mismatch-tls-to-plain');
  });

  it('is the version, where TLS 1.1 is all that it speaks', async () => {
    const { cert, key } = testCertificate();
    const server = createHttpsServer({ cert, key, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const report = await examine(`wss://localhost:${(server.address() as AddressInfo).port}/`);
      expect(report.findings[0]).toMatchObject({ code: 'tls.version', cause: 'certificate' });
      expect(report.findings[0]?.title).toContain('TLSv1.1');
    } finally {
      server.close();
    }
  });
});

describe('an idle timeout, or a crash', () => {
  it.skipIf(withoutNginx)('is the timeout, where the same silence ends it twice', async () => {
    await using grounds = openGrounds();
    await using app = await startEchoServer();
    const port = await startNginx(grounds, {
      server: (at) =>
        `listen 127.0.0.1:${at.port}; location / { proxy_pass http://127.0.0.1:${app.port}; proxy_http_version 1.1;
         proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade; proxy_read_timeout 800ms; }`,
    });
    const report = await examine(`ws://127.0.0.1:${port}/chat`, { holdMs: 2000 });
    expect(report.findings[0]).toMatchObject({ code: 'intermediary.idle-timeout', cause: 'intermediary' });
    expect(report.findings.map(({ code }) => code)).not.toContain('server.close-after-101');
  });

  it('is the crash, where nobody listens any more', async () => {
    await using server = await startUpgradeServer({ upgrade: () => 101, opened: (_socket, self) => void setTimeout(self.crash, 300) });
    const report = await examine(`ws://127.0.0.1:${server.port}/chat`, { holdMs: 1000 });
    expect(report.findings[0]).toMatchObject({ code: 'server.close-after-101', confidence: 0.95 });
    expect(report.findings[0]?.title).toContain('crashed');
  });

  it('is the server, where it takes another time the second time', async () => {
    let times = 0;
    await using server = await startUpgradeServer({
      upgrade: () => 101,
      opened: (socket) => void setTimeout(() => socket.destroy(), [300, 800][times++]),
    });
    const report = await examine(`ws://127.0.0.1:${server.port}/chat`, { holdMs: 1000 });
    expect(report.findings[0]).toMatchObject({ code: 'server.close-after-101', cause: 'server' });
    expect(report.findings[0]?.ruledOut.map(({ code }) => code)).toContain('intermediary.idle-timeout');
  });
});

describe("CONNECT refused, or the server's own 403", () => {
  it('is the proxy, where the server opens without it', async () => {
    await using server = await startUpgradeServer({ upgrade: () => 101 });
    await using proxy = await startConnectProxy(403);
    const report = await examine(`ws://127.0.0.1:${server.port}/chat`, { proxy: proxy.url });
    expect(report.findings[0]).toMatchObject({ code: 'intermediary.connect-refused', confidence: 0.99 });
    expect(report.trials).toMatchObject([
      { change: 'direct', opened: true },
      { change: 'as-asked', opened: false },
    ]);
  });

  it('is the server, where it says the same without the proxy', async () => {
    await using server = await startUpgradeServer({
      upgrade: () => ({ status: 403 }),
      plain: (_, response) => response.writeHead(403).end('no\n'),
    });
    await using proxy = await startConnectProxy();
    const report = await examine(`ws://127.0.0.1:${server.port}/chat`, { proxy: proxy.url });
    expect(report.findings[0]).toMatchObject({ code: 'server.forbidden', cause: 'server' });
    expect(report.findings.filter(({ cause }) => cause === 'intermediary')).toEqual([]);
  });

  it('is the server that is not there, where neither reaches it', async () => {
    const server = await startUpgradeServer({ upgrade: () => 101 });
    await server[Symbol.asyncDispose]();
    await using proxy = await startConnectProxy();
    const report = await examine(`ws://127.0.0.1:${server.port}/chat`, { proxy: proxy.url });
    expect(report.findings[0]).toMatchObject({ code: 'url.refused', cause: 'url' });
    expect(report.findings[0]?.ruledOut.map(({ code }) => code)).toContain('intermediary.connect-refused');
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpsServer, type ServerOptions } from 'node:https';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { afterAll, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { startEchoServer } from '../support/echo-server.js';
import { startHttp2Server } from '../support/http2-server.js';
import { readHead, send, silence, startRawServer } from '../support/raw-server.js';
import { testCertificate } from '../support/test-certificate.js';
import { codesOf, examine, firstOf, outOf, startConnectProxy, startUpgradeServer } from './support.js';

const { cert, key } = testCertificate();
const folder = mkdtempSync(join(tmpdir(), 'shakedown-probe-'));
const ca = join(folder, 'ca.pem');
writeFileSync(ca, cert);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** wss by Node, with these limits of TLS. */
const startSecure = async (options: ServerOptions): Promise<{ readonly port: number } & AsyncDisposable> => {
  const server = createHttpsServer({ cert, key, ...options });
  const web = new WebSocketServer({ server });
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: async () => {
      for (const one of web.clients) one.terminate();
      server.close();
      server.closeAllConnections();
    },
  };
};

/** Passes on what fits to a port, and does this with what does not. */
const startFilter = async (
  to: number,
  judge: (first: Buffer) => 'pass' | 'drop' | 'reset' | 'fin',
): Promise<{ readonly port: number } & AsyncDisposable> => {
  const sockets = new Set<Socket>();
  const server: Server = createServer((client) => {
    sockets.add(client);
    client
      .on('error', () => {})
      .once('data', (bytes) => {
        const verdict = judge(bytes);
        if (verdict === 'reset') return void client.resetAndDestroy();
        if (verdict === 'fin') return void client.end();
        if (verdict === 'drop') return;
        const out = connect(to, '127.0.0.1');
        sockets.add(out);
        out.on('error', () => {}).write(bytes);
        out.pipe(client).pipe(out);
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
};

describe('the scheme', () => {
  it('is told by a ServerHello where a TLS port hung up on plain HTTP', async () => {
    await using server = await startSecure({});
    const report = await examine(`ws://localhost:${server.port}/`, { ca });
    expect(report.findings[0]).toMatchObject({ code: 'url.scheme-mismatch-plain-to-tls', confidence: 0.98 });
    expect(report.findings[0]?.title).toContain('with wss:// the WebSocket opens');
    expect(codesOf(report)).not.toContain('server.empty-reply');
  });

  it('is told by a ServerHello also where nobody trusts the certificate', async () => {
    await using server = await startSecure({});
    expect(firstOf(await examine(`ws://localhost:${server.port}/`))).toBe('url.scheme-mismatch-plain-to-tls');
  });
});

describe('TLS', () => {
  it('fails by the name, where it is done without one', async () => {
    await using server = await startSecure({
      SNICallback: (name, done) => (name === 'known.example' ? done(null, createSecureContext({ cert, key })) : done(new Error('unknown'))),
    });
    const report = await examine(`wss://localhost:${server.port}/`, { ca });
    expect(report.findings[0]).toMatchObject({ code: 'tls.sni-rejected', confidence: 0.97 });
    expect(outOf(report)).toContain('tls.handshake-eof');
  });

  it('is dropped by the name, where silence ends without one', async () => {
    await using server = await startSecure({});
    await using filter = await startFilter(server.port, (hello) => (hello.includes('localhost') ? 'drop' : 'pass'));
    const report = await examine(`wss://localhost:${filter.port}/`, { ca, timeoutMs: 5000 });
    expect(report.findings[0]).toMatchObject({ code: 'intermediary.policy-drop', cause: 'intermediary' });
  });

  it('breaks at version 1.3, where 1.2 alone is done', async () => {
    await using server = await startSecure({});
    // The extension supported_versions with TLS 1.3 in it, as intolerant boxes meet it.
    await using filter = await startFilter(server.port, (hello) =>
      hello.includes(Buffer.from([0x00, 0x2b, 0x00])) && hello.includes(Buffer.from([0x03, 0x04])) ? 'reset' : 'pass',
    );
    expect((await examine(`wss://localhost:${filter.port}/`, { ca })).findings[0]).toMatchObject({ code: 'tls.version', confidence: 0.97 });
  });

  it('fails by the suites, where a weak one is all that is taken', async () => {
    await using server = await startSecure({
      maxVersion: 'TLSv1.2',
      ciphers: 'ECDHE-RSA-NULL-SHA:NULL-SHA256:ECDHE-ECDSA-NULL-SHA:@SECLEVEL=0',
    });
    const report = await examine(`wss://localhost:${server.port}/`, { ca });
    expect(firstOf(report)).toBe('tls.cipher');
  });

  it('breaks off for no reason that an experiment knows, and says what it is not', async () => {
    await using server = await startFilter(1, () => 'fin');
    const report = await examine(`wss://localhost:${server.port}/`);
    expect(firstOf(report)).toBe('tls.handshake-eof');
    expect(outOf(report)).toEqual(expect.arrayContaining(['tls.sni-rejected', 'tls.version', 'tls.cipher']));
  });

  it.each([
    [true, 'takes WebSockets there alone'],
    [false, 'takes no WebSocket over it'],
  ])('agrees on h2 alone (extended CONNECT: %s)', async (extended, words) => {
    await using server = await startHttp2Server({ cert, key, http1: false, extended });
    const report = await examine(`wss://localhost:${server.port}/`, { ca });
    expect(report.findings[0]).toMatchObject({ code: 'tls.alpn-h2-only' });
    expect(report.findings[0]?.title).toContain(words);
    expect(codesOf(report).includes('intermediary.h2-no-extended-connect')).toBe(!extended);
  });
});

describe('no answer', () => {
  it('is a filter, where the handshake is reset and a plain GET answered', async () => {
    await using server = await startUpgradeServer({ upgrade: () => 'reset' });
    const report = await examine(`ws://127.0.0.1:${server.port}/`);
    expect(codesOf(report).slice(0, 2)).toEqual(['intermediary.policy-rst', 'server.reset']);
  });

  it('is the upgrade handler that hangs up, where a plain GET is answered', async () => {
    await using server = await startUpgradeServer({ upgrade: () => 'fin' });
    const report = await examine(`ws://127.0.0.1:${server.port}/`);
    expect(report.findings[0]).toMatchObject({ code: 'server.empty-reply', confidence: 0.9 });
    expect(outOf(report)).toContain('url.scheme-mismatch-plain-to-tls');
  });

  it('is nobody who takes the upgrade, where it is silent and a plain GET answered', async () => {
    await using server = await startUpgradeServer({ upgrade: () => 'silence' });
    const report = await examine(`ws://127.0.0.1:${server.port}/`, { timeoutMs: 2500 });
    expect(firstOf(report)).toBe('server.no-upgrade-handler');
    expect(codesOf(report)).toContain('server.slow');
  });

  it('is a server that is stuck, where a plain GET gets none either', async () => {
    await using server = await startRawServer([readHead, silence]);
    const beganMs = performance.now();
    const report = await examine(`ws://127.0.0.1:${server.port}/`, { timeoutMs: 2500 });
    expect(performance.now() - beganMs).toBeLessThan(3500);
    expect(firstOf(report)).toBe('server.slow');
    expect(codesOf(report)).toContain('intermediary.policy-drop');
  });

  it('is a ClientHello that nobody answers', async () => {
    await using server = await startRawServer([silence]);
    expect(firstOf(await examine(`wss://127.0.0.1:${server.port}/`, { timeoutMs: 1500 }))).toBe('tls.handshake-timeout');
  });
});

describe('the offer', () => {
  it('is refused for its subprotocol', async () => {
    await using server = await startUpgradeServer({
      upgrade: ({ headers }) => (headers['sec-websocket-protocol'] === undefined ? 101 : { status: 400 }),
    });
    const report = await examine(`ws://127.0.0.1:${server.port}/`, { protocols: ['chat.v9'] });
    expect(report.findings[0]).toMatchObject({ code: 'server.subprotocol-mismatch', severity: 'error', confidence: 0.96 });
  });

  it('is refused for want of a subprotocol', async () => {
    await using server = await startUpgradeServer({
      upgrade: ({ headers }) => (headers['sec-websocket-protocol']?.includes('graphql-ws') ? 101 : { status: 400 }),
      protocols: ['graphql-ws'],
    });
    const report = await examine(`ws://127.0.0.1:${server.port}/`);
    expect(report.findings[0]).toMatchObject({ code: 'server.subprotocol-missing', severity: 'error' });
    expect(report.findings[0]?.title).toContain('graphql-ws');
  });

  it('is refused for its extensions', async () => {
    await using server = await startUpgradeServer({
      upgrade: ({ headers }) => (headers['sec-websocket-extensions'] === undefined ? 101 : { status: 500 }),
    });
    expect((await examine(`ws://127.0.0.1:${server.port}/`)).findings[0]).toMatchObject({
      code: 'server.extension-params',
      cause: 'server',
    });
  });

  it('is answered with an extension that was never offered, which no experiment mends', async () => {
    await using server = await startRawServer([
      readHead,
      send('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'),
      { type: 'fin' },
    ]);
    const report = await examine(`ws://127.0.0.1:${server.port}/`);
    expect(report.findings[0]).toMatchObject({ code: 'server.bad-request' });
    expect(report.findings[0]?.confidence).toBeLessThan(0.95);
  });

  it('is refused for a field that was added', async () => {
    await using server = await startUpgradeServer({ upgrade: ({ headers }) => (headers['x-odd'] === undefined ? 101 : { status: 400 }) });
    const report = await examine(`ws://127.0.0.1:${server.port}/`, { headers: [['X-Odd', '1']] });
    expect(report.findings[0]).toMatchObject({ code: 'server.bad-request', confidence: 0.96, culprit: 'the client' });
    expect(report.findings[0]?.title).toContain('x-odd');
  });

  it('is refused for its Host', async () => {
    await using server = await startEchoServer({ hosts: ['127.0.0.1'] });
    const report = await examine(`ws://127.0.0.1:${server.port}/`, { headers: [['Host', 'other.example']] });
    expect(firstOf(report)).toBe('url.wrong-host');
  });
});

describe('credentials', () => {
  const plain401 = { status: 401 };

  it('are what is refused, where it opens without them', async () => {
    await using server = await startUpgradeServer({ upgrade: ({ headers }) => (headers.authorization === undefined ? 101 : plain401) });
    const report = await examine(`ws://127.0.0.1:${server.port}/`, { headers: [['Authorization', 'Bearer old']] });
    expect(report.findings[0]).toMatchObject({ code: 'server.auth', confidence: 0.96 });
  });

  it('are known and not let in, where it is 401 without them', async () => {
    await using server = await startUpgradeServer({
      upgrade: ({ headers }) => (headers.cookie === undefined ? plain401 : { status: 403 }),
    });
    const report = await examine(`ws://127.0.0.1:${server.port}/`, { headers: [['Cookie', 'session=1']] });
    expect(report.findings[0]).toMatchObject({ code: 'server.forbidden', confidence: 0.95 });
  });

  it('are worth no more than none, where the refusal is the same', async () => {
    await using server = await startUpgradeServer({ upgrade: () => plain401 });
    const report = await examine(`ws://127.0.0.1:${server.port}/`, { headers: [['Cookie', 'session=1']] });
    expect(report.findings[0]).toMatchObject({ code: 'server.auth' });
    expect(report.findings[0]?.title).toContain('with them and without');
  });
});

describe('the proxy', () => {
  it('is shown to open the TLS by a second certificate', async () => {
    await using server = await startSecure({});
    await using other = await startSecure(testCertificate());
    // A proxy that leads everyone to a server of its own.
    await using proxy = await startConnectProxy(undefined, other.port);
    const report = await examine(`wss://localhost:${server.port}/`, { ca, proxy: proxy.url });
    expect(report.findings[0]).toMatchObject({ code: 'intermediary.tls-interception', confidence: 0.98 });
    expect(report.findings.filter(({ cause }) => cause === 'certificate')).toEqual([]);
  });

  it('is not to blame for a certificate that is the same without it', async () => {
    await using server = await startSecure({});
    await using proxy = await startConnectProxy();
    const report = await examine(`wss://localhost:${server.port}/`, { proxy: proxy.url });
    expect(report.findings[0]).toMatchObject({ code: 'certificate.self-signed' });
  });

  it('is what strips the Upgrade, where it opens without it', async () => {
    await using server = await startUpgradeServer({ upgrade: () => 101 });
    await using other = await startRawServer([
      readHead,
      send('HTTP/1.1 200 OK\r\nVia: 1.1 proxy\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok'),
      { type: 'fin' },
    ]);
    await using proxy = await startConnectProxy(undefined, other.port);
    const report = await examine(`ws://127.0.0.1:${server.port}/`, { proxy: proxy.url });
    expect(report.findings[0]).toMatchObject({ code: 'intermediary.upgrade-stripped', confidence: 0.98 });
    expect(report.findings[0]?.culprit).toMatch(/proxy/);
  });

  it('says nothing, and the server is there without it', async () => {
    await using server = await startUpgradeServer({ upgrade: () => 101 });
    await using proxy = await startRawServer([readHead, silence]);
    const report = await examine(`ws://127.0.0.1:${server.port}/`, { proxy: `http://127.0.0.1:${proxy.port}`, timeoutMs: 2000 });
    expect(report.findings[0]).toMatchObject({ code: 'intermediary.connect-timeout', cause: 'intermediary' });
    expect(report.trials[0]).toMatchObject({ change: 'direct', opened: true });
  });
});

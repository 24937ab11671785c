import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { codesOf, examine, startUpgradeServer } from './support.js';

/** ws that chooses only these, and lets a client in that has none of them: it closes then, with this. */
const startChoosy = async (
  close: readonly [code?: number, reason?: string],
  wanted: readonly string[],
): Promise<{ readonly url: string; readonly codes: readonly number[] } & AsyncDisposable> => {
  const codes: number[] = [];
  const web = new WebSocketServer({
    port: 0,
    host: '127.0.0.1',
    handleProtocols: (offered) => [...offered].find((one) => wanted.includes(one)) ?? false,
  });
  web.on('connection', (socket) => {
    socket.on('close', (code) => codes.push(code));
    if (!wanted.includes(socket.protocol)) setTimeout(() => socket.close(...close), 20);
  });
  await new Promise<void>((resolve) => web.once('listening', resolve));
  return {
    url: `ws://127.0.0.1:${(web.address() as AddressInfo).port}/graphql`,
    codes,
    [Symbol.asyncDispose]: async () => {
      for (const one of web.clients) one.terminate();
      web.close();
    },
  };
};

describe('a server that opens, and closes at once', () => {
  it.each([
    ['4406 and a reason, to a client that offers nothing', [4406, 'Subprotocol not acceptable'], [], 'none was offered'],
    [
      '4406 and a reason, to a client of the older protocol',
      [4406, 'Subprotocol not acceptable'],
      ['chat.v1'],
      'not among those that were offered',
    ],
    ['1002 and no word, to a client that offers nothing', [1002], [], 'none was offered'],
  ] as const)('wants a subprotocol, where another offer stays open: %s', async (_, close, protocols, says) => {
    await using server = await startChoosy(close, ['graphql-transport-ws']);
    const report = await examine(server.url, { protocols: [...protocols], holdMs: 1000 });
    expect(report).toMatchObject({ ok: false, status: 101 });
    expect(report.findings[0]).toMatchObject({ code: 'server.subprotocol-missing', severity: 'error', confidence: 0.96 });
    expect(report.findings[0]?.title).toContain(says);
    expect(codesOf(report)).not.toContain('server.close-policy');
  });

  it('has a reason that no other offer mends', async () => {
    await using server = await startChoosy([1002], ['nobody.knows.this']);
    const report = await examine(server.url, { holdMs: 1000 });
    expect(report.findings[0]).toMatchObject({ code: 'server.close-policy', severity: 'error' });
    expect(report.trials.map(({ outcome }) => outcome)).toContain('it opens, and is closed with 1002');
  });

  it('never gets back what may not be on the wire: a second listener has written an HTTP answer behind the 101', async () => {
    const web = createServer();
    const sockets = new WebSocketServer({ server: web });
    const errors: string[] = [];
    const codes: number[] = [];
    sockets.on('connection', (socket) => {
      socket.on('error', ({ message }) => errors.push(message)).on('close', (code) => codes.push(code));
    });
    web.on('upgrade', (_request, socket: Socket) =>
      // `HT` are the head of a Close with 84 bytes, `TP` its code.
      socket.write(`HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n${'x'.repeat(84)}`),
    );
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
    const report = await examine(`ws://127.0.0.1:${(web.address() as AddressInfo).port}/`);
    web.close();
    expect(report.findings[0]).toMatchObject({ cause: 'server', severity: 'error' });
    expect(errors).toEqual([]);
    expect(codes).toContain(1002);
  });

  it('gets its own code back (RFC 6455 section 5.5.1)', async () => {
    await using server = await startChoosy([4001, 'token expired'], ['nobody.knows.this']);
    const report = await examine(server.url, { holdMs: 1000 });
    expect(report.findings[0]).toMatchObject({ code: 'server.close-policy', severity: 'error' });
    expect(report.findings[0]?.title).toMatch(/4001 .*: token expired after \d+ ms/);
    expect(new Set(server.codes)).toEqual(new Set([4001]));
  });

  it('says no code, and none is made up', async () => {
    await using server = await startChoosy([], ['nobody.knows.this']);
    const report = await examine(server.url, { holdMs: 1000 });
    expect(report.findings[0]?.title).toContain('closed at once without a word');
    expect(report.findings[0]?.evidence[0]?.text).toBe('Close without a code');
    expect(report.steps.at(-1)).toMatchObject({ step: 'close', about: 'Close without a code' });
  });
});

describe('a server that opens and chooses no subprotocol', () => {
  it('does not work for browsers, which is said though RFC 6455 lets it pass', async () => {
    await using server = await startUpgradeServer({ upgrade: () => 101 });
    const report = await examine(`ws://127.0.0.1:${server.port}/`, { protocols: ['chat'] });
    expect(report.ok).toBe(false);
    expect(report.findings[0]).toMatchObject({ code: 'server.subprotocol-missing', severity: 'error', confidence: 0.95 });
  });
});

describe('a server whose upgrade listener writes without a head', () => {
  it.each([
    [200, 'server.malformed-response', 0.95],
    [404, 'url.not-found', 0.85],
  ])('is no other service, where a plain GET is answered with %i', async (status, code, confidence) => {
    const server = createServer((_request, response) => response.writeHead(status).end()).on('upgrade', (_request, socket: Socket) => {
      socket.on('error', () => {}).end('Not Found');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const report = await examine(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/ws`);
    server.close();
    expect(report.findings[0]).toMatchObject({ code, confidence });
    expect(codesOf(report)).not.toContain('url.wrong-service');
  });
});

describe('a server that falls over at the handshake', () => {
  it.each([
    ['fin', 'server.empty-reply'],
    ['reset', 'server.reset'],
    [{ status: 500 }, 'server.internal-error'],
  ] as const)('is told by nobody listening from then on: %j', async (reply, code) => {
    await using server = await startUpgradeServer({
      upgrade: () => {
        setImmediate(() => server.crash());
        return reply;
      },
    });
    const report = await examine(`ws://127.0.0.1:${server.port}/`);
    expect(report.findings[0]).toMatchObject({ code, confidence: 0.96 });
    expect(report.findings[0]?.title).toContain('fell over');
    expect(report.trials).toHaveLength(1);
  });

  it('is told so also where it had not said a word', async () => {
    const server = createServer().on('upgrade', (_request, socket: Socket) => {
      server.close();
      socket.on('end', () => socket.end()).resume();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const report = await examine(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/`, { timeoutMs: 2000 });
    expect(report.findings[0]).toMatchObject({ code: 'server.slow', confidence: 0.96 });
    expect(report.findings[0]?.title).toContain('fell over at this handshake: it answered nothing');
  });

  it('has not fallen over, where it is there again', async () => {
    await using server = await startUpgradeServer({ upgrade: () => 'fin' });
    expect((await examine(`ws://127.0.0.1:${server.port}/`)).findings[0]?.title).not.toContain('fell over');
  });
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { codesOf, examine, startUpgradeServer } from './support.js';

const closed = Buffer.from([0x88, 0x00]);
const foreign = 'http://other.example';

/** ws with a subprotocol in its 101 that nobody asked for. */
const startForeign = async (): Promise<{ readonly port: number } & AsyncDisposable> => {
  const server = createServer();
  const web = new WebSocketServer({ server, handleProtocols: () => false });
  web.on('headers', (lines) => lines.push('Sec-WebSocket-Protocol: other'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: async () => {
      for (const one of web.clients) one.terminate();
      server.close();
    },
  };
};

describe('a server that opens first and thinks then', () => {
  it('is seen to close for the Origin, where another one stays open', async () => {
    await using server = await startUpgradeServer({
      upgrade: () => 101,
      opened: (socket, { seen }) => void (seen.at(-1)?.headers.origin === foreign && socket.end(closed)),
    });
    const report = await examine(`ws://127.0.0.1:${server.port}/`, { origin: foreign });
    expect(report.findings[0]).toMatchObject({ code: 'origin.rejected', confidence: 0.95 });
    expect(report.findings[0]?.title).toContain('without an Origin it stays open');
    expect(codesOf(report)).not.toContain('server.close-policy');
  });

  it('is not blamed on the Origin, where every one is closed', async () => {
    await using server = await startUpgradeServer({ upgrade: () => 101, opened: (socket) => void socket.end(closed) });
    const report = await examine(`ws://127.0.0.1:${server.port}/`, { origin: foreign });
    expect(report.findings[0]).toMatchObject({ code: 'server.close-policy' });
    expect(codesOf(report).filter((code) => code.startsWith('origin.'))).toEqual([]);
  });
});

describe('a subprotocol that the server does not choose', () => {
  it('is an error, since a browser hangs up', async () => {
    await using server = await startUpgradeServer({ upgrade: () => 101 });
    const report = await examine(`ws://127.0.0.1:${server.port}/`, { protocols: ['chat'] });
    expect(report).toMatchObject({ ok: false, status: 101 });
    expect(report.findings[0]).toMatchObject({ code: 'server.subprotocol-missing', severity: 'error' });
  });

  it('is one that nobody offered, and no matter of the Origin, however short it was watched', async () => {
    await using server = await startForeign();
    const report = await examine(`ws://127.0.0.1:${server.port}/`, { protocols: ['chat'], holdMs: 100 });
    expect(report.findings[0]).toMatchObject({ code: 'server.subprotocol-mismatch' });
    expect(codesOf(report).filter((code) => code.startsWith('origin.'))).toEqual([]);
  });

  it('is no matter where none was offered', async () => {
    await using server = await startUpgradeServer({ upgrade: () => 101, protocols: ['chat'] });
    expect(await examine(`ws://127.0.0.1:${server.port}/`, {})).toMatchObject({ ok: true, findings: [] });
  });
});

describe('a reset in place of an answer', () => {
  it("is the server's own, where a handshake of an unknown version is answered", async () => {
    await using server = await startUpgradeServer({
      upgrade: ({ headers }) => (headers['sec-websocket-version'] === '13' ? 'reset' : { status: 400 }),
    });
    const report = await examine(`ws://127.0.0.1:${server.port}/`, {});
    expect(report.findings[0]).toMatchObject({ code: 'server.reset', confidence: 0.95 });
    expect(codesOf(report)).not.toContain('intermediary.policy-rst');
  });

  it('may be that of a filter, where every handshake gets one', async () => {
    await using server = await startUpgradeServer({ upgrade: () => 'reset' });
    expect((await examine(`ws://127.0.0.1:${server.port}/`, {})).findings[0]).toMatchObject({ code: 'intermediary.policy-rst' });
  });
});

describe('an exception', () => {
  it('is told from a path without its slash', async () => {
    await using server = await startUpgradeServer({ upgrade: ({ url }) => (url === '/ws/chat/' ? 101 : { status: 500 }) });
    const report = await examine(`ws://127.0.0.1:${server.port}/ws/chat`, {});
    expect(report.findings[0]).toMatchObject({ cause: 'url', confidence: 0.97 });
    expect(report.findings[0]?.title).toContain('/ws/chat/ does');
  });

  it('stays one, where that fails as well, after one attempt more', async () => {
    await using server = await startUpgradeServer({ upgrade: () => ({ status: 500 }) });
    const report = await examine(`ws://127.0.0.1:${server.port}/ws/chat`, {});
    expect(report.findings[0]).toMatchObject({ code: 'server.internal-error' });
    expect(report.trials.filter(({ change }) => change === 'path')).toHaveLength(1);
  });
});

import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import type { Authority } from '../../src/authority/authority.js';
import { doctor } from '../../src/control/doctor.js';
import { newAuthority, temporaryFolder } from '../authority/support.js';
import { codesOf, firstOf } from './support.js';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let authority: Authority;
beforeAll(async () => {
  folder = await temporaryFolder();
  authority = await newAuthority(join(folder.path, 'ca'));
});
afterAll(() => folder.remove());

/** Something that listens on loopback until the test has ended. */
const listening = async (server: ReturnType<typeof createServer>): Promise<AsyncDisposable & { readonly port: number }> => {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => {})));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

const startTls = async (options: TlsOptions) => {
  const { serverOptions } = await authority.leaf({ host: 'localhost', recipe: 'good' });
  const server = createTlsServer({ ...serverOptions, ...options }, (socket) => socket.on('error', () => {}));
  return listening(server.on('tlsClientError', () => {}));
};

const ask = (port: number) => doctor({ url: `wss://localhost:${port}/chat`, ca: authority.caPath, holdMs: 200 });

describe('a client certificate that is asked for', () => {
  it('is not wanted where the WebSocket opens without one, and without the Origin', async () => {
    const { serverOptions } = await authority.leaf({ host: 'localhost', recipe: 'good' });
    const server = createHttpsServer({ ...serverOptions, requestCert: true, rejectUnauthorized: false });
    const sockets = new WebSocketServer({ server, verifyClient: ({ req }, answer) => answer(req.headers.origin === undefined, 403) });
    await using listens = await listening(server);
    const report = await doctor({
      url: `wss://localhost:${listens.port}/chat`,
      origin: 'https://evil.example',
      ca: authority.caPath,
      holdMs: 200,
    });
    sockets.close();
    expect(firstOf(report)).toBe('origin.rejected');
    expect(codesOf(report)).not.toContain('certificate.client-cert-required');
  });
});

describe('a TLS handshake that is not finished', () => {
  it('behind the first bytes of a ServerHello is told as one that broke off', async () => {
    await using server = await startTls({});
    const cut = createServer((socket) => {
      const up = connect(server.port, '127.0.0.1').on('error', () => {});
      socket.pipe(up);
      up.once('data', (chunk: Buffer) => socket.end(chunk[0] === 0x16 ? chunk.subarray(0, 200) : chunk));
      socket.once('close', () => up.destroy());
    });
    await using between = await listening(cut);
    expect(firstOf(await ask(between.port))).toBe('tls.handshake-eof');
  });

  it('because the server ends at once is told so, and not as an answer', async () => {
    await using server = await listening(createServer((socket) => socket.end()));
    const report = await ask(server.port);
    expect(firstOf(report)).toBe('tls.handshake-eof');
    expect(report.findings[0]?.title).toContain('ends it before a word of TLS');
  });

  it('is not read as messages of a WebSocket', async () => {
    await using server = await startTls({ requestCert: true, rejectUnauthorized: true, maxVersion: 'TLSv1.2' });
    const report = await ask(server.port);
    expect(firstOf(report)).toBe('certificate.client-cert-required');
    expect(codesOf(report).filter((code) => code.startsWith('frame.'))).toEqual([]);
  });
});

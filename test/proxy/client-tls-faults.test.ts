import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { connect as connectHttp2 } from 'node:http2';
import { Duplex } from 'node:stream';
import { type ConnectionOptions, type TLSSocket, connect as tlsConnect } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { withNpmWs } from '../support/clients/npm-ws.js';
import { type EchoServer, startEchoServer } from '../support/echo-server.js';
import { findProgram } from '../support/find.js';
import { call, dial } from './support/caller.js';
import { within } from './support/deadline.js';
import { bugsOf, type House, reverseTo, startHouse } from './support/house.js';

// The wire itself, and clients that look where others do not: what the law of the faults cannot see.
let house: House;
let chat: EchoServer;
let secure: EchoServer;
beforeAll(async () => {
  chat = await startEchoServer();
  house = await startHouse({ reverse: reverseTo(chat.port) });
  const { serverOptions } = await house.origins.leaf({ host: 'localhost', recipe: 'good' });
  secure = await startEchoServer({ tls: serverOptions });
});
afterAll(async () => {
  for (const one of [house, chat, secure]) await one[Symbol.asyncDispose]();
});
afterEach(async () => {
  for (const { choice } of await house.engine.control.armed()) await house.engine.control.disarm(choice.key);
  expect(bugsOf(house)).toEqual([]);
});
const arm = (choice: string) => house.engine.control.arm(choice);

/** TLS to the proxy's own port; every byte that came is kept. */
const heard = async (options: ConnectionOptions = {}) => {
  const raw = await dial(house.port);
  const localPort = raw.localPort ?? 0;
  const chunks: Buffer[] = [];
  const wire = new Duplex({
    read: () => void raw.resume(),
    write: (chunk, _, done) => void raw.write(chunk, done),
    final: (done) => void raw.end(done),
  });
  raw.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    wire.push(chunk);
  });
  raw.once('end', () => wire.push(null));
  const stream: TLSSocket = tlsConnect({ socket: wire, ca: house.ca, host: '127.0.0.1', ...options });
  const error = await within(
    new Promise<Error | null>((resolve) => {
      stream.once('error', resolve).once('close', () => resolve(null));
      stream.once('secureConnect', () => stream.write('GET /page HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n'));
      stream.on('data', () => resolve(null));
    }),
    () => 'nothing came of the handshake',
  );
  const facts = { error, localPort, cipher: stream.getCipher()?.name, bytes: Buffer.concat(chunks) };
  raw.destroy();
  return facts;
};

/** Lengths of the records, without their headers. */
const records = (bytes: Buffer): number[] => {
  const lengths: number[] = [];
  for (let at = 0; at + 5 <= bytes.length; at += 5 + bytes.readUInt16BE(at + 3)) lengths.push(bytes.readUInt16BE(at + 3));
  return lengths;
};

const findingsOf = async (localPort: number) => {
  const [exchange] = await within(house.exchanges(localPort), () => 'the exchange does not end');
  return exchange ? diagnose(exchange).map(({ code }) => code) : [];
};

describe('TLS spoken to the own port in reverse mode', () => {
  const visit = () => withNpmWs({ url: `wss://127.0.0.1:${house.port}/`, ca: house.ca });

  it.each([
    ['bad-cert:kind=expired', 'certificate has expired'],
    ['tls-alert:alert=internal_error', 'alert internal error'],
    ['tls-eof', 'before secure TLS connection was established'],
    ['old-tls-only', 'alert protocol version'],
    ['cut-tls:bytes=300', 'before secure TLS connection was established'],
    ['client-cert-required', 'certificate required'],
    ['tls-intercept', 'self-signed certificate in certificate chain'],
  ])('meets %s, and opens when that is disarmed', async (choice, words) => {
    const { choice: armed } = await arm(choice);
    expect(await visit()).toMatchObject({ opened: false, error: expect.stringContaining(words) });
    await house.engine.control.disarm(armed.key);
    expect(await visit()).toMatchObject({ opened: true, echoed: true });
  });
});

describe('the bytes of the handshake', () => {
  it('cut-tls lets exactly so many of them through', async () => {
    await arm('cut-tls:bytes=123');
    const { bytes, error } = await heard();
    expect(bytes).toHaveLength(123);
    expect(error?.message).toContain('before secure TLS connection was established');
  });

  it('tls-fragmented sends no record with more than so much in it', async () => {
    const before = await heard({ maxVersion: 'TLSv1.2' });
    expect(Math.max(...records(before.bytes))).toBeGreaterThan(512);
    await arm('tls-fragmented:bytes=512');
    const { bytes, error } = await heard({ maxVersion: 'TLSv1.2' });
    expect(error).toBe(null);
    // In TLS 1.2 an encrypted record carries 24 bytes more: an explicit nonce and a tag.
    expect(Math.max(...records(bytes))).toBeLessThanOrEqual(512 + 24);
  });

  it.each(['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256'])(
    'late-alert is an alert that a client can decrypt, with %s',
    async (cipher) => {
      await arm('late-alert:alert=access_denied');
      const met = await heard({ ciphers: cipher, minVersion: 'TLSv1.3' });
      expect(met).toMatchObject({ cipher, error: { message: expect.stringContaining('SSL alert number 49') } });
      expect(await findingsOf(met.localPort)).toEqual(['tls.handshake-eof']);
    },
  );
});

const curl = findProgram('curl');
const askCurl = (...args: readonly string[]) =>
  new Promise<{ readonly code: number; readonly said: string }>((resolve) => {
    const url = `https://localhost:${secure.port}/`;
    const fixed = [
      '-sS',
      '--http1.1',
      '--noproxy',
      '',
      '--proxy',
      `http://127.0.0.1:${house.port}`,
      '--cacert',
      house.engine.info.ca ?? '',
    ];
    execFile('path' in curl ? curl.path : '', [...fixed, ...args, url], { timeout: 15_000 }, (error, _, said) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, said }),
    );
  });

describe.skipIf('missing' in curl)('curl, which looks where others do not', () => {
  const last = () => house.all().at(-1);

  it('refuses new-key where it pins the key, and takes it where it pins nothing', async () => {
    const socket = (await call({ way: 'connect', proxyPort: house.port, originPort: secure.port })).raw;
    const stream = tlsConnect({ socket, servername: 'localhost', ca: house.ca });
    const key = await new Promise<Buffer>((resolve) =>
      stream.once('secureConnect', () =>
        resolve(stream.getPeerX509Certificate()?.publicKey.export({ type: 'spki', format: 'der' }) as Buffer),
      ),
    );
    stream.destroy();
    const pin = ['--pinnedpubkey', `sha256//${createHash('sha256').update(key).digest('base64')}`];
    expect(await askCurl(...pin)).toMatchObject({ code: 0 });
    await arm('new-key');
    expect(await askCurl()).toMatchObject({ code: 0 });
    expect(await askCurl(...pin)).toMatchObject({ code: 90, said: expect.stringContaining('public key does not match pinned public key') });
    const exchange = last();
    await within(
      house.event(({ type, exchange: id }) => type === 'closed' && id === exchange?.id),
      () => 'it does not end',
    );
    expect(exchange && diagnose(last() ?? exchange).map(({ code }) => code)).toEqual(['certificate.pin-mismatch']);
  });

  it('refuses revoked-cert where it asks for a staple, which the issuer signed', async () => {
    await arm('revoked-cert:reason=superseded');
    expect(await askCurl()).toMatchObject({ code: 0 });
    expect(await askCurl('--cert-status')).toMatchObject({ code: 91, said: expect.stringMatching(/revocation reason: superseded \(4\)/) });
  });
});

describe('wrong-alpn', () => {
  it('lets a client that was told h2 speak HTTP/2 to a server of HTTP/1.1', async () => {
    await arm('wrong-alpn');
    const { raw, localPort } = await call({ way: 'connect', proxyPort: house.port, originPort: secure.port });
    const session = connectHttp2(`https://localhost:${secure.port}`, {
      createConnection: () => tlsConnect({ socket: raw, servername: 'localhost', ca: house.ca, ALPNProtocols: ['h2', 'http/1.1'] }),
    });
    const error = await within(
      new Promise<NodeJS.ErrnoException>((resolve) => session.once('error', resolve)),
      () => 'the session goes on',
    );
    expect(error.code).toBe('ERR_HTTP2_ERROR');
    session.destroy();
    const [exchange] = await within(house.exchanges(localPort), () => 'the exchange does not end');
    expect(exchange?.client.tls?.alpn).toBe('h2');
    expect(exchange?.server?.tls?.alpn).not.toBe('h2');
    expect(exchange && diagnose(exchange)).toMatchObject([
      { code: 'tls.alpn-h2-only', culprit: expect.stringContaining('fault wrong-alpn') },
    ]);
  });
});

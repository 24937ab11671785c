import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import tls from 'node:tls';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { clientHelloLimit, findClientHelloEnd, readClientHello } from '../../src/wire/client-hello.js';
import { findProgram } from '../support/find.js';

/** The first bytes that a client says to a server that stays silent. */
const captured = async (dial: (port: number) => () => void): Promise<Buffer> => {
  let hangUp = (): void => {};
  const server = createServer();
  const said = new Promise<Buffer>((resolve) => {
    let bytes = Buffer.alloc(0);
    server.on('connection', (socket) => {
      socket.on('error', () => {});
      socket.on('data', (chunk) => {
        bytes = Buffer.concat([bytes, chunk]);
        if (bytes.length < 5 || bytes.length < 5 + bytes.readUInt16BE(3)) return;
        socket.destroy();
        resolve(bytes);
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  hangUp = dial((server.address() as { port: number }).port);
  const bytes = await said;
  hangUp();
  server.close();
  return bytes;
};

const byNode = (options: tls.ConnectionOptions): Promise<Buffer> =>
  captured((port) => {
    const socket = tls.connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ...options });
    socket.on('error', () => {});
    return () => socket.destroy();
  });

const openssl = findProgram('openssl');

/** The same handshake message in records of at most that many bytes. */
const inRecords = (hello: Buffer, size: number): Buffer => {
  const message = hello.subarray(5);
  const records: Buffer[] = [];
  for (let at = 0; at < message.length; at += size) {
    const part = message.subarray(at, at + size);
    records.push(Buffer.concat([Buffer.of(0x16, 3, 1, part.length >> 8, part.length & 0xff), part]));
  }
  return Buffer.concat(records);
};

let node: Buffer;
beforeAll(async () => {
  node = await byNode({ servername: 'app.test', ALPNProtocols: ['h2', 'http/1.1'] });
});
const facts = { sni: 'app.test', alpn: ['h2', 'http/1.1'], versions: ['TLSv1.3', 'TLSv1.2'] };

describe('a ClientHello', () => {
  it('of Node tells its name, protocols and versions', () => {
    expect(findClientHelloEnd(node)).toBe(node.length);
    expect(readClientHello(node)).toEqual(facts);
  });

  it('of an old client tells the version of its head', async () => {
    const old = await byNode({ maxVersion: 'TLSv1.2' });
    expect(readClientHello(old)).toEqual({ sni: null, alpn: [], versions: ['TLSv1.2'] });
  });

  it.skipIf('missing' in openssl)('tells whether it asks for a stapled OCSP answer', async () => {
    const bytes = await captured((port) => {
      const child = spawn('openssl', ['s_client', '-connect', `127.0.0.1:${port}`, '-noservername', '-status', '-tls1_3'], {
        stdio: 'ignore',
      });
      return () => child.kill();
    });
    expect(readClientHello(bytes)).toEqual({ sni: null, alpn: [], versions: ['TLSv1.3'], statusRequest: true });
  });

  it.skipIf('missing' in openssl)('of openssl tells the same', async () => {
    const bytes = await captured((port) => {
      const args = ['s_client', '-connect', `127.0.0.1:${port}`, '-servername', 'long.name.test', '-alpn', 'http/1.1', '-tls1_3'];
      const child = spawn('openssl', args, { stdio: 'ignore' });
      return () => child.kill();
    });
    expect(findClientHelloEnd(bytes)).toBe(bytes.length);
    expect(readClientHello(bytes)).toEqual({ sni: 'long.name.test', alpn: ['http/1.1'], versions: ['TLSv1.3'] });
  });

  it('asks for more at every cut, and leaves what follows it', () => {
    for (const end of node.keys()) expect(findClientHelloEnd(node.subarray(0, end))).toBe(-1);
    expect(findClientHelloEnd(Buffer.concat([node, Buffer.from('more')]))).toBe(node.length);
  });

  it.each([1, 2, 3, 4, 5, 50, 200])('is read from records of %i bytes, cut at every byte', (size) => {
    const records = inRecords(node, size);
    expect(findClientHelloEnd(records)).toBe(records.length);
    expect(readClientHello(records)).toEqual(facts);
    for (let end = 0; end < records.length; end += size < 5 ? 7 : 1) expect(findClientHelloEnd(records.subarray(0, end))).toBe(-1);
  });

  it('with GREASE (RFC 8701) tells the real versions only', () => {
    // legacy version, random, session, one cipher, no compression; then supported_versions with a GREASE value, and ALPN with one
    const versions = Buffer.from('002b0007060a0a03040303', 'hex');
    const protocols = Buffer.from('001000070005025a5a0168', 'hex');
    const extensions = Buffer.concat([Buffer.from('fafa000100', 'hex'), versions, protocols]);
    const body = Buffer.concat([
      Buffer.from('0303', 'hex'),
      Buffer.alloc(32, 7),
      Buffer.from('00', 'hex'),
      Buffer.from('00021301', 'hex'),
      Buffer.from('0100', 'hex'),
      Buffer.of(0, extensions.length),
      extensions,
    ]);
    const hello = Buffer.concat([Buffer.of(0x16, 3, 1, 0, body.length + 4, 1, 0, 0, body.length), body]);
    expect(findClientHelloEnd(hello)).toBe(hello.length);
    expect(readClientHello(hello)).toEqual({ sni: null, alpn: ['ZZ', 'h'], versions: ['TLSv1.3', 'TLSv1.2'] });
  });

  it.each([
    ['an alert', '15 03 01 00 02 02 28'],
    ['another handshake message', '16 03 01 00 04 02 00 00 00'],
    ['an empty record', '16 03 01 00 00'],
    ['a record over the limit of RFC 8446', '16 03 01 48 01'],
    ['a second record of another type', '16 03 01 00 01 01 17 03 01 00 01'],
    ['a second record that has only begun', '16 03 01 00 01 01 17'],
  ])('is none: %s', (_, hex) => {
    expect(findClientHelloEnd(Buffer.from(hex.replaceAll(' ', ''), 'hex'))).toBe(0);
  });

  it('may be anything: reading never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(600), fc.nat(255), (garbage, at, byte) => {
        findClientHelloEnd(garbage);
        readClientHello(garbage);
        const bent = Buffer.from(node);
        if (at < bent.length) bent[at] = byte;
        expect(findClientHelloEnd(bent)).toBeLessThanOrEqual(bent.length);
        const { alpn, versions } = readClientHello(bent);
        expect(alpn.length <= 32 && versions.length <= 33).toBe(true);
      }),
    );
  });

  it('that claims 16 MiB is looked through quickly up to the limit', () => {
    const record = Buffer.concat([Buffer.of(0x16, 3, 1, 0x40, 0), Buffer.alloc(0x4000)]);
    const endless = Buffer.concat([record, record, record, record]);
    endless.set([1, 0xff, 0xff, 0xff], 5);
    const started = performance.now();
    expect(findClientHelloEnd(endless.subarray(0, clientHelloLimit))).toBe(-1);
    expect(performance.now() - started).toBeLessThan(50);
  });
});

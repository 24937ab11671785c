import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ConnectionOptions, connect as tlsConnect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { plainTls } from '../../src/proxy/tls-options.js';
import { dial } from './support/caller.js';
import { within } from './support/deadline.js';
import { meet, type TlsGround, tlsGround } from './support/tls-ground.js';

let ground: TlsGround;
beforeAll(async () => {
  ground = await tlsGround();
});
afterAll(() => ground[Symbol.asyncDispose]());

const old: ConnectionOptions = { minVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' };

describe('limits of TLS', () => {
  it('hold each leg on its own', async () => {
    await using server = await ground.serving();
    await ground.withTls({ client: { ...plainTls.client, min: '1.3' }, server: { ...plainTls.server, max: '1.2' } }, async (home) => {
      const { version, exchange } = await meet(home, server.port);
      expect(version).toBe('TLSv1.3');
      expect(exchange.server?.tls?.version).toBe('TLSv1.2');
      const refused = await meet(home, server.port, { maxVersion: 'TLSv1.2' });
      expect(refused.error).toMatch(/PROTOCOL_VERSION/);
      expect(diagnose(refused.exchange)[0]?.code).toBe('tls.version');
    });
  });

  it.each([
    ['1.0', 'TLSv1'],
    ['1.1', 'TLSv1.1'],
  ] as const)('reach down to TLS %s, which OpenSSL speaks at security level 0 only', async (max, version) => {
    await using server = await ground.serving({ minVersion: 'TLSv1', maxVersion: version, ciphers: 'DEFAULT:@SECLEVEL=0' });
    const limits = { ...plainTls.client, min: '1.0', max } as const;
    await ground.withTls({ client: limits, server: limits }, async (home) => {
      const met = await meet(home, server.port, old);
      expect(met).toMatchObject({ version, error: '' });
      expect(met.exchange.server?.tls?.version).toBe(version);
    });
  });

  it('are not got round when the server refuses them', async () => {
    await using server = await ground.serving({ minVersion: 'TLSv1.3' });
    await ground.withTls({ server: { ...plainTls.server, max: '1.2' } }, async (home) => {
      const { version, exchange } = await meet(home, server.port);
      expect(version).toBe(null);
      expect(exchange).toMatchObject({ kind: 'unknown', outcome: 'failed' });
      expect(diagnose(exchange)[0]).toMatchObject({ code: 'tls.version', title: 'shakedown and the server have no TLS version in common' });
    });
  });

  it('choose the cipher suites', async () => {
    await using server = await ground.serving();
    const ciphers = 'ECDHE-ECDSA-CHACHA20-POLY1305';
    await ground.withTls(
      { server: { ...plainTls.server, ciphers }, client: { ...plainTls.client, ciphers: 'TLS_AES_128_GCM_SHA256' } },
      async (home) => {
        const { cipher, exchange } = await meet(home, server.port);
        expect(exchange.server?.tls).toMatchObject({ version: 'TLSv1.2', cipher: ciphers });
        expect(cipher).toBe('TLS_AES_128_GCM_SHA256');
      },
    );
  });

  it('take protocols away from what is offered to the server', async () => {
    await using server = await ground.serving({ ALPNProtocols: ['http/1.1'] });
    const offer = { ALPNProtocols: ['http/1.1'] };
    await ground.withTls({}, async (home) => expect((await meet(home, server.port, offer)).exchange.server?.tls?.alpn).toBe('http/1.1'));
    await ground.withTls({ server: { ...plainTls.server, alpn: ['h2'] } }, async (home) => {
      const { alpn, exchange } = await meet(home, server.port, offer);
      expect(exchange.server?.tls?.alpn).toBe(null);
      expect(alpn).toBe(false);
    });
  });

  it('refuse a client that offers none of the protocols that are left', async () => {
    await using server = await ground.serving();
    await ground.withTls({ client: { ...plainTls.client, alpn: ['http/1.1'] } }, async (home) => {
      const { error, exchange } = await meet(home, server.port, { ALPNProtocols: ['h2'] });
      expect(error).toMatch(/NO_APPLICATION_PROTOCOL/);
      expect(exchange.client.hello?.alpn).toEqual(['h2']);
      expect(diagnose(exchange)[0]?.code).toBe('tls.alpn-h2-only');
    });
  });
});

describe('a host that is passed through', () => {
  it.each(['localhost', '127.0.0.*'])(
    "%s keeps its TLS closed: the client sees the server's own certificate, the record its ClientHello",
    async (pattern) => {
      await using server = await ground.serving();
      await ground.withTls({ passthrough: [pattern] }, async (home) => {
        const { error, exchange } = await meet(home, server.port, { ca: ground.house.origins.caPem, ALPNProtocols: ['http/1.1'] });
        expect(error).toBe('');
        expect(exchange).toMatchObject({ kind: 'tunnel', outcome: 'tunnelled', target: { scheme: 'tcp', port: server.port } });
        expect(exchange.client.hello).toMatchObject({ sni: 'localhost', alpn: ['http/1.1'] });
        expect(exchange.client.tls ?? exchange.server?.tls).toBeUndefined();
        expect(home.crossed(exchange.id, 'server')[0]).toBe(0x16);
        expect(home.crossed(exchange.id, 'client').includes('GET /')).toBe(false);
        expect(diagnose(exchange)).toEqual([]);
      });
    },
  );

  it('is not another one', async () => {
    await using server = await ground.serving();
    await ground.withTls({ passthrough: ['*.example.test'] }, async (home) => {
      expect((await meet(home, server.port)).exchange.client.tls?.version).toBe('TLSv1.3');
    });
  });
});

describe('the key log', () => {
  it.each(['TLSv1.3', 'TLSv1.2'] as const)('has the secrets of both legs, with %s', async (maxVersion) => {
    await using server = await ground.serving({ maxVersion });
    const keylog = join(ground.folder, `${maxVersion}.log`);
    const { lines } = await ground.withTls({ keylog }, (home) => meet(home, server.port, { maxVersion }));
    const logged = readFileSync(keylog, 'latin1')
      .split('\n')
      .filter((line) => line !== '');
    expect(lines.length).toBeGreaterThan(0);
    expect(logged).toEqual(expect.arrayContaining(lines.map((line) => line.toString().trimEnd())));
    // The other half is the server leg's: as many lines, of another connection.
    const randoms = new Set(logged.map((line) => line.split(' ')[1]));
    expect(randoms.size).toBe(2);
    for (const line of logged) expect(line).toMatch(/^[A-Z0-9_]+ [0-9a-f]{64} [0-9a-f]{64,96}$/);
  });

  it('has the TLS to our own port, and the one inside it', async () => {
    await using server = await ground.serving();
    const keylog = join(ground.folder, 'door.log');
    const own: Buffer[] = [];
    await ground.withTls({ keylog }, async (home) => {
      const outer = tlsConnect({ socket: await dial(home.port), host: '127.0.0.1', servername: 'localhost', ca: home.ca });
      outer.on('keylog', (line) => own.push(line));
      await new Promise((resolve, reject) => outer.once('secureConnect', resolve).once('error', reject));
      const answered = new Promise<Buffer>((resolve) => outer.once('data', resolve));
      outer.write(`CONNECT 127.0.0.1:${server.port} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
      expect((await within(answered, () => 'CONNECT is not answered')).toString()).toMatch(/^HTTP\/1\.1 200 /);
      const inner = tlsConnect({ socket: outer, servername: 'localhost', ca: home.ca });
      inner.on('keylog', (line) => own.push(line));
      await new Promise((resolve, reject) => inner.once('secureConnect', resolve).once('error', reject));
      const over = new Promise((resolve) => inner.once('end', resolve).resume());
      inner.write('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
      await within(over, () => 'the server does not answer');
      inner.end();
      outer.end();
      await within(
        home.event(({ type }) => type === 'closed'),
        () => 'the exchange does not end',
      );
    });
    const logged = readFileSync(keylog, 'latin1').split('\n');
    expect(own.length).toBeGreaterThanOrEqual(10);
    expect(logged).toEqual(expect.arrayContaining(own.map((line) => line.toString().trimEnd())));
    expect(new Set(logged.filter((line) => line !== '').map((line) => line.split(' ')[1])).size).toBe(3);
  });
});

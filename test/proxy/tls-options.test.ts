import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConnectionOptions, connect as tlsConnect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import type { Exchange } from '../../src/model/exchange.js';
import { plainTls, type TlsOptions } from '../../src/proxy/tls-options.js';
import { withNpmWs } from '../support/clients/npm-ws.js';
import { type EchoOptions, startEchoServer } from '../support/echo-server.js';
import { call, dial } from './support/caller.js';
import { within } from './support/deadline.js';
import { type House, reverseTo, startHouse } from './support/house.js';

const folder = mkdtempSync(join(tmpdir(), 'shakedown-tls-'));
let house: House;
beforeAll(async () => {
  house = await startHouse();
});
afterAll(async () => {
  await house[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

/** A proxy with these options, for one visit; its servers are those of `house`. */
const withTls = async <T>(tls: Partial<TlsOptions>, visit: (home: House) => Promise<T>, reverse: number | null = null): Promise<T> => {
  await using home = await startHouse({
    tls: { ...plainTls, ...tls },
    upstreamCa: house.origins.caPath,
    reverse: reverse === null ? null : reverseTo(reverse, 'wss'),
  });
  return await visit(home);
};

const serving = async (more: Omit<NonNullable<EchoOptions['tls']>, 'key' | 'cert'> = {}, host = 'localhost') => {
  const { serverOptions } = await house.origins.leaf({ host, recipe: 'good' });
  return startEchoServer({ tls: { ...serverOptions, ...more } });
};

/** A server that lets in clients with a certificate of the servers' authority only. */
const guarded = (maxVersion: 'TLSv1.3' | 'TLSv1.2') =>
  serving({ maxVersion, ca: house.origins.caPem, requestCert: true, rejectUnauthorized: true });

let files = 0;
/** A client certificate of the servers' authority, or of one that they do not know. */
const certificateFile = (home: Pick<House, 'origins'>, name: string): { readonly cert: string; readonly key: string } => {
  const path = join(folder, `${++files}.pem`);
  const { certPem, keyPem } = home.origins.clientCertificate(name);
  writeFileSync(path, certPem);
  writeFileSync(`${path}.key`, keyPem);
  return { cert: path, key: `${path}.key` };
};

/** The exchanges that led to this port, once one of them has ended. */
const exchangesTo = async (home: House, port: number): Promise<readonly Exchange[]> => {
  const led = home.events.filter((event) => event.type === 'opened').map((event) => event.peer.port);
  const found: Exchange[] = [];
  for (const local of new Set(led)) found.push(...(await within(home.exchanges(local), () => 'the exchange does not end')));
  return found.filter(({ target }) => target?.port === port);
};

const openThrough = async (home: House, port: number) => {
  const outcome = await withNpmWs({ url: `wss://localhost:${port}/chat`, proxy: `http://127.0.0.1:${home.port}`, ca: home.ca });
  const [exchange] = await exchangesTo(home, port);
  if (!exchange) throw new Error('no exchange');
  return { outcome, exchange, found: diagnose(exchange).map(({ code }) => code) };
};

describe.each(['TLSv1.3', 'TLSv1.2'] as const)('a server that wants a client certificate, with %s,', (version) => {
  it('gets none: the finding says so', async () => {
    await using server = await guarded(version);
    await withTls({}, async (home) => {
      const { outcome, exchange, found } = await openThrough(home, server.port);
      expect(outcome.opened).toBe(false);
      expect(exchange.server?.clientCertificate).toBe(null);
      expect(found[0]).toBe('certificate.client-cert-required');
    });
  });

  it('gets ours, and lets the client in', async () => {
    await using server = await guarded(version);
    await withTls({ certificates: [{ host: '*', ...certificateFile(house, 'alice') }] }, async (home) => {
      const { outcome, exchange, found } = await openThrough(home, server.port);
      expect(outcome).toMatchObject({ opened: true, echoed: true });
      expect(exchange.server?.clientCertificate).toMatchObject({
        subject: 'O=shakedown, CN=alice',
        fingerprint: expect.stringMatching(/^..:/),
      });
      expect(found).toEqual([]);
    });
  });

  it('refuses ours: the finding tells that from none', async () => {
    // Node's server completes the handshake and hangs up without an alert; in TLS 1.2 that comes before ours is done.
    await using server = await guarded(version);
    await withTls({ certificates: [{ host: 'localhost', ...certificateFile(await stranger(), 'mallory') }] }, async (home) => {
      const { outcome, exchange, found } = await openThrough(home, server.port);
      expect(outcome.opened).toBe(false);
      if (version === 'TLSv1.3') {
        expect(exchange.server?.clientCertificate).toMatchObject({ subject: 'O=shakedown, CN=mallory' });
        expect(found[0]).toBe('certificate.client-cert-rejected');
      } else {
        expect(found[0]).toMatch(/^(certificate\.client-cert-rejected|tls\.handshake-eof)$/);
      }
    });
  });
});

let strange: Promise<House> | undefined;
const stranger = (): Promise<House> => {
  strange ??= startHouse();
  return strange;
};
afterAll(async () => (await strange)?.[Symbol.asyncDispose]());

describe('a client certificate', () => {
  it('is chosen by host: a name before a glob, a glob before the rest', async () => {
    const certificates = [
      { host: '*', ...certificateFile(house, 'anywhere') },
      { host: '*.0.0.1', ...certificateFile(house, 'glob') },
      { host: 'localhost', ...certificateFile(house, 'name') },
    ];
    await using server = await guarded('TLSv1.3');
    await using byAddress = await serving({ ca: house.origins.caPem, requestCert: true, rejectUnauthorized: true }, '127.0.0.1');
    await withTls({ certificates }, async (home) => {
      expect((await openThrough(home, server.port)).exchange.server?.clientCertificate?.subject).toContain('CN=name');
      const { error, exchange } = await meet(home, byAddress.port, { servername: '' });
      expect(error).toBe('');
      expect(exchange.server?.clientCertificate?.subject).toContain('CN=glob');
    });
  });

  it('is not mentioned where the server asks for none', async () => {
    await using server = await serving();
    await withTls({ certificates: [{ host: '*', ...certificateFile(house, 'alice') }] }, async (home) => {
      expect((await openThrough(home, server.port)).exchange.server).not.toHaveProperty('clientCertificate');
      expect(home.events.some(({ type }) => type === 'client-certificate')).toBe(false);
    });
  });

  it('is shown in reverse mode too', async () => {
    await using server = await serving({ ca: house.origins.caPem, requestCert: true, rejectUnauthorized: true }, '127.0.0.1');
    await withTls(
      { certificates: [{ host: '*', ...certificateFile(house, 'alice') }] },
      async (home) => {
        expect(await withNpmWs({ url: `ws://127.0.0.1:${home.port}/` })).toMatchObject({ opened: true, echoed: true });
      },
      server.port,
    );
  });
});

/** A TLS client through CONNECT: what was agreed, or the code of its failure. */
const meet = async (home: House, port: number, options: ConnectionOptions = {}) => {
  const { raw, localPort } = await call({ way: 'connect', proxyPort: home.port, originPort: port });
  const lines: Buffer[] = [];
  const stream = tlsConnect({ socket: raw, host: '127.0.0.1', servername: 'localhost', ca: home.ca, ...options });
  stream.on('keylog', (line) => lines.push(line));
  stream.on('end', () => stream.end());
  const met = await new Promise<{ version: string | null; cipher: string; alpn: string | false | null; error: string }>((resolve) => {
    stream.on('error', (error: NodeJS.ErrnoException) =>
      resolve({ version: null, cipher: '', alpn: null, error: error.code ?? error.message }),
    );
    stream.on('secureConnect', () =>
      resolve({ version: stream.getProtocol(), cipher: stream.getCipher().name, alpn: stream.alpnProtocol, error: '' }),
    );
  });
  stream.write('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
  await within(new Promise((resolve) => (stream.closed ? resolve(0) : stream.once('close', resolve).resume())), () => 'TLS does not close');
  const [exchange] = await within(home.exchanges(localPort), () => 'the exchange does not end');
  if (!exchange) throw new Error('no exchange');
  return { ...met, exchange, lines };
};

const old: ConnectionOptions = { minVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' };

describe('limits of TLS', () => {
  it('hold each leg on its own', async () => {
    await using server = await serving();
    await withTls({ client: { ...plainTls.client, min: '1.3' }, server: { ...plainTls.server, max: '1.2' } }, async (home) => {
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
    await using server = await serving({ minVersion: 'TLSv1', maxVersion: version, ciphers: 'DEFAULT:@SECLEVEL=0' });
    const limits = { ...plainTls.client, min: '1.0', max } as const;
    await withTls({ client: limits, server: limits }, async (home) => {
      const met = await meet(home, server.port, old);
      expect(met).toMatchObject({ version, error: '' });
      expect(met.exchange.server?.tls?.version).toBe(version);
    });
  });

  it('choose the cipher suites', async () => {
    await using server = await serving();
    const ciphers = 'ECDHE-ECDSA-CHACHA20-POLY1305';
    await withTls(
      { server: { ...plainTls.server, ciphers }, client: { ...plainTls.client, ciphers: 'TLS_AES_128_GCM_SHA256' } },
      async (home) => {
        const { cipher, exchange } = await meet(home, server.port);
        expect(exchange.server?.tls).toMatchObject({ version: 'TLSv1.2', cipher: ciphers });
        expect(cipher).toBe('TLS_AES_128_GCM_SHA256');
      },
    );
  });

  it('take protocols away from what is offered to the server', async () => {
    await using server = await serving({ ALPNProtocols: ['http/1.1'] });
    const offer = { ALPNProtocols: ['http/1.1'] };
    await withTls({}, async (home) => expect((await meet(home, server.port, offer)).exchange.server?.tls?.alpn).toBe('http/1.1'));
    await withTls({ server: { ...plainTls.server, alpn: ['h2'] } }, async (home) => {
      const { alpn, exchange } = await meet(home, server.port, offer);
      expect(exchange.server?.tls?.alpn).toBe(null);
      expect(alpn).toBe(false);
    });
  });

  it('refuse a client that offers none of the protocols that are left', async () => {
    await using server = await serving();
    await withTls({ client: { ...plainTls.client, alpn: ['http/1.1'] } }, async (home) => {
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
      await using server = await serving();
      await withTls({ passthrough: [pattern] }, async (home) => {
        const { error, exchange } = await meet(home, server.port, { ca: house.origins.caPem, ALPNProtocols: ['http/1.1'] });
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
    await using server = await serving();
    await withTls({ passthrough: ['*.example.test'] }, async (home) => {
      expect((await meet(home, server.port)).exchange.client.tls?.version).toBe('TLSv1.3');
    });
  });
});

describe('the key log', () => {
  it.each(['TLSv1.3', 'TLSv1.2'] as const)('has the secrets of both legs, with %s', async (maxVersion) => {
    await using server = await serving({ maxVersion });
    const keylog = join(folder, `${maxVersion}.log`);
    const { lines } = await withTls({ keylog }, (home) => meet(home, server.port, { maxVersion }));
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
    await using server = await serving();
    const keylog = join(folder, 'door.log');
    const own: Buffer[] = [];
    await withTls({ keylog }, async (home) => {
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

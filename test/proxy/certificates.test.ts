import { spawn } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import {
  createSecureContext,
  createServer as createTlsServer,
  DEFAULT_CIPHERS,
  type PeerCertificate,
  type SecureContextOptions,
  type TLSSocketOptions,
  connect as tlsConnect,
} from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chainOfSocket } from '../../src/authority/certificate-facts.js';
import { loadRecipes } from '../../src/authority/recipes.js';
import { stapleFacts } from '../../src/authority/staple-facts.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import type { Exchange } from '../../src/model/exchange.js';
import { findProgram } from '../support/find.js';
import { call, dial } from './support/caller.js';
import { clientHello } from './support/client-hello.js';
import { within } from './support/deadline.js';
import { type House, startHouse } from './support/house.js';
import { startOrigin } from './support/origin.js';

const host = 'app.test';
const recipes = [...loadRecipes().values()];
// Node 24's default level is 2 and refuses RSA-1024; the recipes speak of level 1, that of Node 20 and 22.
const ciphers = `${DEFAULT_CIPHERS}:@SECLEVEL=1`;

let house: House;
let insecure: House;
let untrusting: House;
beforeAll(async () => {
  house = await startHouse();
  insecure = await startHouse({ insecure: ['127.0.0.1'] });
  untrusting = await startHouse({ upstreamCa: null });
});
afterAll(async () => {
  for (const one of [insecure, untrusting, house]) await one[Symbol.asyncDispose]();
});

interface Met {
  /** The code with which a Node client refuses; null when it does not. */
  readonly error: string | null;
  readonly certificate: PeerCertificate | null;
  readonly localPort: number;
}

/** A Node client meets the server, directly or through a proxy. */
const meet = async (port: number, through: House | null, ca: string): Promise<Met> => {
  const socket = through ? (await call({ way: 'connect', proxyPort: through.port, originPort: port })).raw : await dial(port);
  const localPort = socket.localPort ?? 0;
  const stream = tlsConnect({ socket, host, servername: host, ca, ciphers, rejectUnauthorized: false });
  return new Promise((resolve) => {
    stream.on('error', (error: NodeJS.ErrnoException) => resolve({ error: error.code ?? error.message, certificate: null, localPort }));
    stream.on('secureConnect', () => {
      const said: unknown = stream.authorizationError;
      resolve({ error: said ? String(said) : null, certificate: stream.getPeerCertificate(), localPort });
      // As a client does that refuses after all.
      stream.destroy();
    });
  });
};

const recordOf = async (home: House, localPort: number): Promise<Exchange> => {
  const [exchange] = await within(home.exchanges(localPort), () => 'the exchange does not end');
  if (!exchange) throw new Error('no exchange');
  return exchange;
};

const serving = async <T>(
  home: House,
  recipe: string,
  visit: (port: number) => Promise<T>,
  more: SecureContextOptions = {},
): Promise<T> => {
  const { serverOptions } = await home.origins.leaf({ host, recipe });
  await using server = await startOrigin({ secureContext: createSecureContext({ ...serverOptions, ...more }) });
  return await visit(server.port);
};

describe("a server's certificate", () => {
  it.each(recipes.map((recipe) => ({ id: recipe.id, says: recipe.refusedBy.node })))(
    '$id makes a Node client say $says, as it does without us',
    async ({ id, says }) => {
      await serving(house, id, async (port) => {
        const without = await meet(port, null, house.origins.caPem);
        const through = await meet(port, house, house.ca);
        expect(without.error).toBe(says);
        expect(through.error).toBe(says);
        const exchange = await recordOf(house, through.localPort);
        expect(exchange.server?.tls).toMatchObject({ authorized: says === null, error: says, sni: host });
        if (says !== null) expect(exchange.mirrored).toMatchObject({ possible: true });
      });
    },
  );

  it.each(recipes.map(({ id }) => id))('%s is taken with --insecure', async (id) => {
    await serving(insecure, id, async (port) => {
      expect((await meet(port, insecure, insecure.ca)).error).toBe(null);
    });
  });

  it('of an authority that is not known is made good by --upstream-ca', async () => {
    await serving(untrusting, 'good', async (port) => {
      const without = await meet(port, null, house.ca);
      const through = await meet(port, untrusting, untrusting.ca);
      expect(without.error).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
      expect(through.error).toBe(without.error);
    });
    await serving(house, 'good', async (port) => {
      expect((await meet(port, house, house.ca)).error).toBe(null);
    });
  });

  it.each([
    { id: 'no-san', defects: ['no-san'] },
    { id: 'weak-key', defects: ['weak-key'] },
    { id: 'ca-leaf', defects: ['wrong-purpose'] },
  ])('$id, which Node takes and other clients refuse, is shown to the client with the same defect', async ({ id, defects }) => {
    await serving(house, id, async (port) => {
      const without = await meet(port, null, house.origins.caPem);
      const through = await meet(port, house, house.ca);
      expect((await recordOf(house, through.localPort)).mirrored).toEqual({ defects, possible: true });
      const shape = ({ certificate }: Met) => ({
        names: certificate?.subjectaltname,
        bits: certificate?.bits,
        ca: (certificate as { ca?: boolean } | null)?.ca,
      });
      expect(shape(through)).toEqual(shape(without));
    });
  });

  it('that is sound is shown as one of ours, without a word about mirroring', async () => {
    await serving(house, 'good', async (port) => {
      const { localPort, certificate } = await meet(port, house, house.ca);
      expect((await recordOf(house, localPort)).mirrored).toBe(null);
      expect(certificate?.subjectaltname).toBe(`DNS:${host}`);
    });
  });
});

const openssl = findProgram('openssl');

describe('a client that refuses our certificate', () => {
  it.skipIf('missing' in openssl)('is on record with the alert that it sent, and the next one goes on', async () => {
    await serving(house, 'good', async (port) => {
      for (let i = 0; i < 5; i++) {
        const before = house.events.length;
        const args = ['s_client', '-proxy', `127.0.0.1:${house.port}`, '-connect', `127.0.0.1:${port}`, '-servername', host];
        const child = spawn('openssl', [...args, '-verify_return_error', '-no-CAfile', '-no-CApath', '-no-CAstore'], { stdio: 'ignore' });
        const failed = await house.event(
          (event) => event.type === 'tls-failed' && event.leg === 'client' && house.events.indexOf(event) >= before,
        );
        expect(failed).toMatchObject({ failure: { alert: 48, code: 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', sni: host } });
        child.kill();
      }
      expect((await meet(port, house, house.ca)).error).toBe(null);
    });
  });
});

describe('what the two TLS handshakes agree on', () => {
  it('is no protocol where the server agrees on none, though the client offers one', async () => {
    await serving(house, 'good', async (port) => {
      const socket = (await call({ way: 'connect', proxyPort: house.port, originPort: port })).raw;
      const stream = tlsConnect({ socket, servername: host, ca: house.ca, ALPNProtocols: ['http/1.1'] });
      await new Promise((resolve) => stream.once('secureConnect', resolve));
      expect(stream.alpnProtocol).toBe(false);
      stream.destroy();
    });
  });
});

describe('a port that does not speak the TLS of today', () => {
  it('TLS 1.1 only: the client fails as it does without us', async () => {
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    await serving(
      house,
      'good',
      async (port) => {
        const without = await meet(port, null, house.origins.caPem);
        const through = await meet(port, house, house.ca);
        expect(without.error).toMatch(/^E/);
        expect(through.error).toBe(without.error);
        const exchange = await recordOf(house, through.localPort);
        expect(exchange.server?.tlsFailure).toMatchObject({ code: expect.stringMatching(/^E/), alert: expect.anything() });
      },
      old,
    );
  });

  it.each([
    ['plain HTTP', 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\nThe plain HTTP request was sent to HTTPS port'],
    ['SSH', 'SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n'],
    ['nothing', ''],
  ])('%s: the client gets every byte of it, and the record its first ones', async (_, words) => {
    await using server = await startOrigin({ raw: (socket) => void socket.once('data', () => socket.end(words, 'latin1')) });
    const hello = await clientHello(host);
    const heard = async (through: House | null): Promise<{ bytes: string; ends: readonly string[]; localPort: number }> => {
      const way = through ? 'connect' : 'direct';
      const client = await call({ way, proxyPort: through?.port ?? 0, originPort: server.port });
      await client.send(hello);
      await client.ended();
      client.fin();
      await client.closed();
      return { bytes: client.received().toString('latin1'), ends: client.sights, localPort: client.localPort };
    };
    const [without, through] = [await heard(null), await heard(house)];
    expect({ ...through, localPort: 0 }).toEqual({ ...without, localPort: 0 });
    expect(through.bytes).toBe(words);
    const exchange = await recordOf(house, through.localPort);
    expect(exchange.server?.tlsFailure?.firstBytes).toBe(words.slice(0, 64));
    expect(exchange.server?.bytesIn).toBe(words.length);
    expect(house.crossed(exchange.id, 'server').toString('latin1')).toBe(words);
  });
});

describe('a stapled OCSP answer that says revoked', () => {
  /** What a client that asks for a staple is told through the proxy, or one that does not. */
  const told = async (port: number, requestOCSP: boolean) => {
    const { raw } = await call({ way: 'connect', proxyPort: house.port, originPort: port });
    const localPort = raw.localPort ?? 0;
    const options: TLSSocketOptions = { requestOCSP };
    const stream = tlsConnect({ socket: raw, host, servername: host, ca: house.ca, ...options });
    let answer: Buffer | null = null;
    stream.once('OCSPResponse', (stapled: Buffer | null) => {
      answer = stapled;
    });
    await new Promise((resolve) => stream.once('secureConnect', resolve));
    const { staple } = stapleFacts(answer, chainOfSocket(stream));
    stream.destroy();
    return { staple, exchange: await recordOf(house, localPort) };
  };

  it('reaches the client that asks, and the server is asked for that client alone', async () => {
    const { serverOptions, staple } = await house.origins.leaf({ host, recipe: 'revoked' });
    const server = createTlsServer(serverOptions, (socket) => socket.on('error', () => {}));
    server.on('OCSPRequest', (_certificate, _issuer, answer) => answer(null, staple ?? Buffer.alloc(0)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const asking = await told(port, true);
    expect(asking.staple).toBe('revoked');
    expect(asking.exchange.server?.tls).toMatchObject({ staple: 'revoked', ocsp: { reason: 'keyCompromise', verified: true } });
    expect(asking.exchange.mirrored).toEqual({ defects: ['revoked'], possible: true });
    expect(diagnose(asking.exchange)[0]).toMatchObject({ code: 'certificate.revoked', severity: 'error' });
    const other = await told(port, false);
    expect(other.staple).toBe('none');
    expect(other.exchange.server?.tls?.staple).toBe(undefined);
    expect(other.exchange.mirrored).toBe(null);
    await new Promise((resolve) => server.close(resolve));
  });
});

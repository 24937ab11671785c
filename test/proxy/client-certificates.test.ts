import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import type { Exchange } from '../../src/model/exchange.js';
import { withNpmWs } from '../support/clients/npm-ws.js';
import { within } from './support/deadline.js';
import { type House, startHouse } from './support/house.js';
import { meet, type TlsGround, tlsGround } from './support/tls-ground.js';

let ground: TlsGround;
let house: House;
beforeAll(async () => {
  ground = await tlsGround();
  house = ground.house;
});
afterAll(() => ground[Symbol.asyncDispose]());

/** A server that lets in clients with a certificate of the servers' authority only. */
const guarded = (maxVersion: 'TLSv1.3' | 'TLSv1.2') =>
  ground.serving({ maxVersion, ca: house.origins.caPem, requestCert: true, rejectUnauthorized: true });

let files = 0;
/** A client certificate of the servers' authority, or of one that they do not know. */
const certificateFile = (home: Pick<House, 'origins'>, name: string): { readonly cert: string; readonly key: string } => {
  const path = join(ground.folder, `${++files}.pem`);
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
    await ground.withTls({}, async (home) => {
      const { outcome, exchange, found } = await openThrough(home, server.port);
      expect(outcome.opened).toBe(false);
      expect(exchange.server?.clientCertificate).toBe(null);
      expect(found[0]).toBe('certificate.client-cert-required');
    });
  });

  it('gets ours, and lets the client in', async () => {
    await using server = await guarded(version);
    await ground.withTls({ certificates: [{ host: '*', ...certificateFile(house, 'alice') }] }, async (home) => {
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
    await ground.withTls({ certificates: [{ host: 'localhost', ...certificateFile(await stranger(), 'mallory') }] }, async (home) => {
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
    await using byAddress = await ground.serving({ ca: house.origins.caPem, requestCert: true, rejectUnauthorized: true }, '127.0.0.1');
    await ground.withTls({ certificates }, async (home) => {
      expect((await openThrough(home, server.port)).exchange.server?.clientCertificate?.subject).toContain('CN=name');
      const { error, exchange } = await meet(home, byAddress.port, { servername: '' });
      expect(error).toBe('');
      expect(exchange.server?.clientCertificate?.subject).toContain('CN=glob');
    });
  });

  it('is not mentioned where the server asks for none', async () => {
    await using server = await ground.serving();
    await ground.withTls({ certificates: [{ host: '*', ...certificateFile(house, 'alice') }] }, async (home) => {
      expect((await openThrough(home, server.port)).exchange.server).not.toHaveProperty('clientCertificate');
      expect(home.events.some(({ type }) => type === 'client-certificate')).toBe(false);
    });
  });

  it('is shown in reverse mode too', async () => {
    await using server = await ground.serving({ ca: house.origins.caPem, requestCert: true, rejectUnauthorized: true }, '127.0.0.1');
    await ground.withTls(
      { certificates: [{ host: '*', ...certificateFile(house, 'alice') }] },
      async (home) => {
        expect(await withNpmWs({ url: `ws://127.0.0.1:${home.port}/` })).toMatchObject({ opened: true, echoed: true });
      },
      server.port,
    );
  });
});

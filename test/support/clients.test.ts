import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BareRelay, startBareRelay } from './bare-relay.js';
import { withChromium } from './clients/chromium.js';
import { withCurl } from './clients/curl.js';
import { withNpmWs } from './clients/npm-ws.js';
import type { Attempt, Outcome } from './clients/outcome.js';
import { withPythonWebsockets } from './clients/python-websockets.js';
import { withUndici } from './clients/undici.js';
import { type EchoServer, startEchoServer } from './echo-server.js';
import { findChromium, findProgram, findPythonWebsockets } from './find.js';
import { type TestCertificate, testCertificate } from './test-certificate.js';

// The drivers are the yardstick of the end-to-end tests, so they are measured themselves: against a server that is known to be
// sound, and through a relay that does nothing.
const python = findPythonWebsockets();
const curl = findProgram('curl');
const chromium = findChromium();

let certificate: TestCertificate;
let plain: EchoServer;
let secure: EchoServer;
let relay: BareRelay;

beforeAll(async () => {
  certificate = testCertificate();
  plain = await startEchoServer({
    origins: ['http://good.example'],
    answers: { '/gone': 404, '/old': 426, '/page': 200 },
    protocols: ['chat'],
  });
  secure = await startEchoServer({ tls: certificate });
  relay = await startBareRelay();
});
afterAll(async () => {
  await plain.close();
  await secure.close();
  await relay[Symbol.asyncDispose]();
});

const healthy: Outcome = { opened: true, echoed: true, error: '', closeCode: 1000 };
const drivers: readonly { name: string; missing?: string; drive: (attempt: Attempt) => Promise<Outcome>; refused: Partial<Outcome> }[] = [
  { name: 'npm ws', drive: withNpmWs, refused: { error: 'Unexpected server response: 403', closeCode: 1006 } },
  { name: 'undici', drive: withUndici, refused: { closeCode: 1006 } },
  {
    name: 'Python websockets',
    ...('missing' in python ? { missing: python.missing } : {}),
    drive: (attempt) => withPythonWebsockets('path' in python ? python.path : '', attempt),
    refused: { error: 'InvalidStatusCode: server rejected WebSocket connection: HTTP 403', closeCode: null },
  },
];

for (const { name, missing, drive, refused } of drivers) {
  describe.skipIf(missing !== undefined)(`the driver of ${name}`, () => {
    const origin = 'http://good.example';

    it('opens ws directly and through a relay', async () => {
      expect(await drive({ url: plain.url, origin })).toEqual(healthy);
      expect(await drive({ url: plain.url, origin, proxy: relay.url })).toEqual(healthy);
    });

    it('opens wss with a trusted certificate, directly and through a relay', async () => {
      expect(await drive({ url: secure.url, ca: certificate.cert })).toEqual(healthy);
      expect(await drive({ url: secure.url, ca: certificate.cert, proxy: relay.url })).toEqual(healthy);
    });

    it('tells a certificate that nobody trusts', async () => {
      expect(await drive({ url: secure.url })).toMatchObject({ opened: false, echoed: false, error: expect.stringMatching(/./) });
    });

    it('tells a refused Origin in its own words', async () => {
      expect(await drive({ url: plain.url, origin: 'http://evil.example' })).toMatchObject({ opened: false, echoed: false, ...refused });
    });
  });
}

describe.skipIf('missing' in curl)('the driver of curl', () => {
  const path = 'path' in curl ? curl.path : '';
  const origin = 'http://good.example';

  it('sees the 101 directly and through a tunnel', async () => {
    expect(await withCurl(path, { url: plain.url, origin })).toMatchObject({ opened: true, status: 101, connectStatus: 0, error: '' });
    const tunnelled = await withCurl(path, { url: plain.url, origin, proxy: relay.url, tunnel: true });
    expect(tunnelled).toMatchObject({ opened: true, status: 101, connectStatus: 200 });
  });

  it('sees the 101 inside TLS through a tunnel', async () => {
    const outcome = await withCurl(path, { url: secure.url, ca: certificate.cert, proxy: relay.url });
    expect(outcome).toMatchObject({ opened: true, status: 101, connectStatus: 200 });
  });

  it.each([
    ['gone', 404],
    ['old', 426],
    ['page', 200],
  ])('sees how the path /%s is answered: %i', async (name, status) => {
    expect(await withCurl(path, { url: `${plain.url}${name}`, origin })).toMatchObject({ opened: false, status, exitCode: 0 });
  });
});

describe.skipIf('missing' in chromium)('the driver of Chromium', () => {
  const path = 'path' in chromium ? chromium.path : '';

  it('opens wss by its pin, directly and through a relay', async () => {
    const attempt = { url: secure.url, pin: certificate.pin };
    expect(await withChromium(path, attempt)).toMatchObject(healthy);
    expect(await withChromium(path, { ...attempt, proxy: relay.url })).toMatchObject(healthy);
  });

  it('tells on its console why a handshake failed', async () => {
    const refused = await withChromium(path, { url: plain.url, proxy: relay.url });
    expect(refused).toMatchObject({ opened: false, echoed: false, closeCode: 1006 });
    expect(refused.console.join('\n')).toContain('Error during WebSocket handshake: Unexpected response code: 403');
    const untrusted = await withChromium(path, { url: secure.url });
    expect(untrusted.console.join('\n')).toContain('net::ERR_CERT_AUTHORITY_INVALID');
  });
});

import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kindCodes } from '../../src/faults/client-tls/bad-cert.js';
import { type ChromiumBrowser, openChromium, type PageServer, servePage } from '../support/clients/chromium.js';
import { findChromium, findProgram } from '../support/find.js';
import { type ClientName, clients, goodOrigin } from './support/clients.js';
import { runFaultSet } from './support/fault-set.js';
import { testFolder } from './support/folder.js';
import { trustInHome } from './support/nss-trust.js';
import { serverAuthority } from './support/server-authority.js';
import { type Servers, startServers } from './support/servers.js';
import { endAll, startShakedown } from './support/shakedown.js';

// Real clients that trust shakedown's CA and are shown a bad certificate under it: who refuses which, in what words, and what is on the
// record. Chromium's pin flag would hide the reason, so its trust is a CA in the NSS database of a throw-away HOME.
const folder = testFolder();
const chromium = findChromium();
const certutil = findProgram('certutil');
const withBrowser = 'path' in chromium && 'path' in certutil;
const names: readonly ClientName[] = [...clients.map(({ name }) => name), ...(withBrowser ? (['Chromium'] as const) : [])];

let page: PageServer;
let servers: Servers;
let serverCa: string;
let browser: ChromiumBrowser | undefined;

beforeAll(async () => {
  page = await servePage();
  const { caPath, tls } = await serverAuthority(folder);
  serverCa = caPath;
  servers = await startServers(names, { origins: [goodOrigin, page.origin], tls });
  if (!withBrowser) return;
  // Makes the authority that every later start in this folder shares.
  const first = await startShakedown(folder, ['--no-record']);
  const home = join(folder, 'home');
  trustInHome('path' in certutil ? certutil.path : '', home, first.ready.ca);
  await first.stop();
  browser = await openChromium(chromium.path, page, { home, proxy: first.ready.proxy });
});
afterAll(async () => {
  endAll();
  page.close();
  await browser?.close();
  await servers.close();
});

const opens = Symbol('opens all the same');
type Words = string | typeof opens;

/** What OpenSSL says of it in npm ws, in Python and in curl, and the net:: error of Chromium. */
const kinds: readonly { kind: keyof typeof kindCodes; node: Words; python: Words; curl: Words; chromium: Words }[] = [
  {
    kind: 'expired',
    node: 'certificate has expired',
    python: 'certificate has expired',
    curl: '(60) SSL certificate problem: certificate has expired',
    chromium: 'net::ERR_CERT_DATE_INVALID',
  },
  {
    kind: 'wrong-host',
    node: "Hostname/IP does not match certificate's altnames: Host: localhost. is not in the cert's altnames",
    python: "Hostname mismatch, certificate is not valid for 'localhost'",
    curl: "(60) SSL: no alternative certificate subject name matches target host name 'localhost'",
    chromium: 'net::ERR_CERT_COMMON_NAME_INVALID',
  },
  {
    kind: 'self-signed',
    node: 'self-signed certificate',
    python: 'self-signed certificate',
    curl: '(60) SSL certificate problem: self-signed certificate',
    chromium: 'net::ERR_CERT_AUTHORITY_INVALID',
  },
  {
    kind: 'unknown-ca',
    node: 'unable to verify the first certificate',
    python: 'unable to get local issuer certificate',
    curl: '(60) SSL certificate problem: unable to get local issuer certificate',
    chromium: 'net::ERR_CERT_AUTHORITY_INVALID',
  },
  {
    kind: 'wrong-eku',
    node: 'unsuitable certificate purpose',
    python: 'unsuitable certificate purpose',
    curl: '(60) SSL certificate problem: unsuitable certificate purpose',
    chromium: 'net::ERR_CERT_INVALID',
  },
  { kind: 'no-san', node: opens, python: opens, curl: opens, chromium: 'net::ERR_CERT_COMMON_NAME_INVALID' },
];

const said: Record<ClientName, (words: (typeof kinds)[number]) => { readonly opens: boolean; readonly outcome: object }> = {
  'npm ws': ({ node }) => judged(node, (words) => ({ error: expect.stringContaining(words), closeCode: 1006 })),
  undici: ({ node }) => judged(node, () => ({ error: 'TypeError: ', closeCode: 1006 })),
  "Node's global": ({ node }) =>
    judged(node, () => ({
      error: expect.stringMatching(/^(Received network error or non-101 status code\.|an error event without a text)$/),
    })),
  'Python websockets': ({ python }) => judged(python, (words) => ({ error: expect.stringMatching(`^SSLCertVerificationError.*${words}`) })),
  curl: ({ curl }) => judged(curl, (words) => ({ error: expect.stringContaining(`curl: ${words}`), exitCode: 60, status: 0 })),
  Chromium: (words) =>
    judged(words.chromium, (code) => ({
      closeCode: 1006,
      console: [`WebSocket connection to '${servers.url('Chromium', 'wss')}' failed: Error in connection establishment: ${code}`],
    })),
};
const judged = (words: Words, outcome: (words: string) => object) =>
  words === opens ? { opens: true, outcome: { opened: true } } : { opens: false, outcome: { opened: false, ...outcome(words) } };

describe.each(kinds)('with bad-cert:kind=$kind', (words) => {
  let seen: Awaited<ReturnType<typeof runFaultSet>>;
  beforeAll(async () => {
    const shared = browser;
    const chromium = shared === undefined ? null : async () => ({ browser: shared, done: async () => {} });
    seen = await runFaultSet({ folder, servers, serverCa, over: ['wss'], chromium }, ['--fault', `bad-cert:kind=${words.kind}`]);
  });

  it.each(names)('%s says what it always says of one, and the cause is found', (client) => {
    const expected = said[client](words);
    const { outcome, rows } = seen(client, 'wss');
    expect(outcome).toMatchObject(expected.outcome);
    const code = kindCodes[words.kind];
    const url = servers.url(client, 'wss');
    for (const row of rows) {
      expect(row.faults).toMatchObject([{ id: 'bad-cert', params: { kind: words.kind }, stage: 'client-tls', leg: 'client' }]);
      expect(row.faults[0]?.before).not.toBe(row.faults[0]?.after);
      expect(row.findings[0]).toMatchObject({ code, culprit: expect.stringContaining('fault bad-cert') });
      expect((row.client.tls ?? row.client.tlsFailure)?.chain[0]?.der).toMatch(/^MI/);
      expect(row.server?.tls).toMatchObject({ authorized: true, error: null, chain: [{ dnsNames: ['localhost'] }] });
    }
    const [row] = rows;
    expect(row?.findings[0]?.severity).toBe(expected.opens ? 'warning' : 'error');
    if (expected.opens) expect(row).toMatchObject({ url, status: 101, outcome: 'closed' });
    else {
      const heads = { clientSent: null, serverGot: null, serverSent: null, clientGot: null };
      expect(row).toMatchObject({ url: url.replace('/chat', ''), status: 0, outcome: 'failed', heads });
    }
  });
});

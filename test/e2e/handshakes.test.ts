import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openChromium, type PageServer, servePage } from '../support/clients/chromium.js';
import { type EchoServer, startEchoServer } from '../support/echo-server.js';
import { findChromium } from '../support/find.js';
import { type ClientName, clients, goodOrigin } from './support/clients.js';
import { runFaultSet, type Seen } from './support/fault-set.js';
import { testFolder } from './support/folder.js';
import { presentedPin } from './support/presented.js';
import { serverAuthority } from './support/server-authority.js';
import { type Scheme, type Servers, schemes, startServers } from './support/servers.js';
import { endAll } from './support/shakedown.js';

// Real clients through the real program to a real server, with faults that change the request: what each client says (section 7 of the
// measured wording), and what is on the record.
const folder = testFolder();
const chromium = findChromium();
const names: readonly ClientName[] = [...clients.map(({ name }) => name), ...('path' in chromium ? (['Chromium'] as const) : [])];

let page: PageServer;
let servers: Servers;
/** Where the certificate that shakedown shows is looked up, so that the look is no exchange of a client's. */
let looked: EchoServer;
let serverCa: string;

beforeAll(async () => {
  page = await servePage();
  const { caPath, tls } = await serverAuthority(folder);
  serverCa = caPath;
  servers = await startServers(names, { origins: [goodOrigin, page.origin], tls });
  looked = await startEchoServer({ tls });
});
afterAll(async () => {
  endAll();
  page.close();
  await servers.close();
  await looked.close();
});

const browserThrough = async (proxy: string) => {
  if ('missing' in chromium) throw new Error(chromium.missing);
  const pin = await presentedPin(proxy, `wss://localhost:${looked.port}/`);
  const browser = await openChromium(chromium.path, page, { proxy, pin });
  return { browser, done: browser.close };
};

/** What each client says of an answer other than 101. */
const refusal: Record<ClientName, (status: number, url: string) => object> = {
  'npm ws': (status) => ({ error: `Unexpected server response: ${status}`, closeCode: 1006 }),
  // undici 7 knows the reason and keeps it to itself.
  undici: () => ({ error: 'TypeError: ', closeCode: 1006 }),
  "Node's global": () => ({
    error: expect.stringMatching(/^(Received network error or non-101 status code\.|an error event without a text)$/),
  }),
  'Python websockets': (status) => ({
    error: expect.stringMatching(new RegExp(`^InvalidStatus(Code)?: server rejected WebSocket connection: HTTP ${status}$`)),
  }),
  curl: (status) => ({ status, exitCode: 0, error: '' }),
  Chromium: (status, url) => ({
    closeCode: 1006,
    console: [`WebSocket connection to '${url}' failed: Error during WebSocket handshake: Unexpected response code: ${status}`],
  }),
};

const through: readonly [ClientName, Scheme][] = names.flatMap((name) => schemes.map((scheme): [ClientName, Scheme] => [name, scheme]));
const originOf = (client: ClientName) => (client === 'Chromium' ? page.origin : goodOrigin);
/** curl sends a ws request in absolute form; all the rest is CONNECT. */
const isAbsolute = (client: ClientName, scheme: Scheme) => client === 'curl' && scheme === 'ws';

const expectLegs = ({ rows: [row] }: Seen, scheme: Scheme) => {
  expect(row?.client).toMatchObject({ tlsFailure: null, timings: { total: expect.any(Number) } });
  expect(row?.server).toMatchObject({ tlsFailure: null, timings: { connect: expect.any(Number), response: expect.any(Number) } });
  if (scheme === 'ws') {
    expect([row?.client.tls, row?.server?.tls]).toEqual([null, null]);
    return;
  }
  const [shown, presented] = [row?.client.tls, row?.server?.tls];
  expect(shown).toMatchObject({ version: 'TLSv1.3', sni: 'localhost', authorized: null, error: null });
  expect(presented).toMatchObject({ version: 'TLSv1.3', sni: 'localhost', authorized: true, error: null });
  expect(shown?.chain[0]).toMatchObject({ dnsNames: ['localhost'] });
  expect(presented?.chain[0]).toMatchObject({ dnsNames: ['localhost'] });
  expect(shown?.chain[0]?.fingerprint).not.toBe(presented?.chain[0]?.fingerprint);
};

describe('without a fault', () => {
  let seen: Awaited<ReturnType<typeof runFaultSet>>;
  beforeAll(async () => {
    const browser = 'path' in chromium ? browserThrough : null;
    seen = await runFaultSet({ folder, servers, serverCa, over: schemes, chromium: browser }, []);
  });

  it.each(through)('%s reaches the echo server over %s', (client, scheme) => {
    const { outcome, rows } = seen(client, scheme);
    expect(rows).toHaveLength(1);
    const [row] = rows;
    const echoes = client !== 'curl';
    expect(outcome).toMatchObject(echoes ? { opened: true, echoed: true, error: '', closeCode: 1000 } : { opened: true, status: 101 });
    expect(row).toMatchObject({
      kind: 'websocket',
      entrance: isAbsolute(client, scheme) ? 'absolute' : 'connect',
      url: servers.url(client, scheme),
      status: 101,
      outcome: 'closed',
      messages: echoes ? { fromClient: 1, fromServer: 1 } : { fromClient: 0, fromServer: 0 },
      faults: [],
    });
    expect(row?.heads.clientSent).toMatch(new RegExp(`\r\norigin: ${originOf(client)}\r\n`, 'i'));
    if (!isAbsolute(client, scheme)) expect(row?.heads.serverGot).toBe(row?.heads.clientSent);
    expect(row?.heads.serverSent).toMatch(/^HTTP\/1\.1 101 Switching Protocols\r\n/);
    expect(row?.heads.clientGot).toBe(row?.heads.serverSent);
    expectLegs({ outcome, rows }, scheme);
    // curl 7 speaks no frames: it waits, and leaves without a Close frame. That, and nothing about the handshake, is found.
    expect(row?.findings.map(({ code }) => code)).toEqual(echoes ? [] : ['frame.abnormal-close']);
  });
});

const faultSets = [
  {
    fault: 'drop-upgrade',
    status: 200,
    code: 'intermediary.upgrade-stripped',
    serverGot: { has: null, lacks: /\r\n(upgrade:|connection:.*upgrade)/i },
  },
  { fault: 'wrong-origin', status: 403, code: 'origin.rejected', serverGot: { has: '\r\norigin: https://evil.example\r\n', lacks: null } },
  { fault: 'wrong-origin:mode=drop', status: 403, code: 'origin.missing', serverGot: { has: null, lacks: /\r\norigin:/i } },
  { fault: 'wrong-origin:mode=null', status: 403, code: 'origin.null', serverGot: { has: '\r\norigin: null\r\n', lacks: null } },
] as const;

describe.each(faultSets)('with $fault', ({ fault, status, code, serverGot: { has, lacks } }) => {
  let seen: Awaited<ReturnType<typeof runFaultSet>>;
  beforeAll(async () => {
    const browser = 'path' in chromium ? browserThrough : null;
    seen = await runFaultSet({ folder, servers, serverCa, over: schemes, chromium: browser }, ['--fault', fault]);
  });

  it.each(through)(`%s over %s is refused with ${status} in its own words, and ${code} is found`, (client, scheme) => {
    const { outcome, rows } = seen(client, scheme);
    expect(rows).toHaveLength(1);
    const [row] = rows;
    expect(outcome).toMatchObject({ opened: false, echoed: false, ...refusal[client](status, servers.url(client, scheme)) });
    expect(row).toMatchObject({ url: servers.url(client, scheme), status, outcome: 'refused', messages: { fromClient: 0, fromServer: 0 } });

    const { clientSent, serverGot, serverSent, clientGot } = row?.heads ?? {};
    expect(clientSent).toMatch(/\r\nupgrade: websocket\r\n/i);
    expect(clientSent).toMatch(new RegExp(`\r\norigin: ${originOf(client)}\r\n`, 'i'));
    if (has !== null) expect(serverGot?.toLowerCase()).toContain(has);
    if (lacks !== null) expect(serverGot).not.toMatch(lacks);
    expect(serverSent).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(clientGot).toBe(serverSent);
    expectLegs({ outcome, rows }, scheme);

    const [id] = fault.split(':');
    expect(row?.faults).toMatchObject([{ id, stage: 'request', leg: 'server', after: serverGot }]);
    if (!isAbsolute(client, scheme)) expect(row?.faults[0]?.before).toBe(clientSent);
    expect(row?.findings[0]).toMatchObject({ code, severity: 'error', culprit: expect.stringContaining(`fault ${id}`) });
  });
});

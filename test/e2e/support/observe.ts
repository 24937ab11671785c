import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuthority } from '../../../src/authority/authority.js';
import { openVault } from '../../../src/authority/vault.js';
import type { Fault } from '../../../src/faults/fault.js';
import { type Shakedown, startShakedown } from '../../../src/index.js';
import { scenes } from '../../faults/scenes/scenes.js';
import { type ChromiumBrowser, openChromium, servePage } from '../../support/clients/chromium.js';
import { withCurl } from '../../support/clients/curl.js';
import { withNpmWs } from '../../support/clients/npm-ws.js';
import type { Attempt, Outcome } from '../../support/clients/outcome.js';
import { withPythonWebsockets } from '../../support/clients/python-websockets.js';
import { withUndici } from '../../support/clients/undici.js';
import { startEchoServer } from '../../support/echo-server.js';
import { findChromium, findModule, findProgram } from '../../support/find.js';

/** What each client said while one fault was armed; by the name of the client. */
export interface Observation {
  readonly choice: string;
  readonly said: Readonly<Record<string, string>>;
}

export interface Observatory extends AsyncDisposable {
  readonly clients: readonly string[];
  observe(fault: Fault): Promise<Observation>;
}

/** A client that has not decided by then is said to wait; a fault that lasts longer is seen as that. */
const patienceMs = 2500;

/** Chances of a run (ports, timings, ids) out of a client's words, so that two runs say the same. */
const steady = (words: string): string =>
  words
    .replace(/(127\.0\.0\.1|localhost):\d+/g, '$1:PORT')
    .replace(/\(_ssl\.c:\d+\)/g, '')
    .replace(/:error:[^:]*:/g, ':')
    .replace(/\b[0-9A-F]{8,}:(error:)?/g, '')
    .replace(/:\.\.\/deps\/openssl\S*?:SSL/g, ': SSL')
    .replace(/OpenSSL\/[\d.]+: error:[0-9A-F]+:/g, 'OpenSSL: ')
    .replace(/^WebSocket connection to '[^']*' failed: /, '')
    .replace(/ More details here: .*$/s, '')
    .replace(/^(\w*Error): *$/, '$1')
    .replace(/nothing decided within \d+ ms/, 'waits')
    .replace(/\bafter \d+ milliseconds\b/g, 'in time')
    .replace(/\d+ bytes received/g, 'N bytes received')
    .replace(/\s+/g, ' ')
    .trim();

const told = ({ opened, echoed, error, closeCode, ...rest }: Outcome & { readonly status?: number }, echoes: boolean): string => {
  const words = steady(error);
  if (!opened && words === '') return rest.status ? `status ${rest.status}` : closeCode === null ? 'waits' : `close ${closeCode}`;
  if (!opened) return words;
  if (!echoes) return words === '' ? 'opened' : `opened, then: ${words}`;
  const end = closeCode === null ? '' : `, close ${closeCode}`;
  if (echoed && words === '' && (closeCode === 1000 || closeCode === null)) return 'works';
  return `opened${echoed ? ', echoed' : ''}${end}${words === '' ? '' : `: ${words}`}`;
};

/** Starts the peers and the clients that this machine has. Each fault is armed alone, for one attempt of each client. */
export const openObservatory = async (): Promise<Observatory> => {
  const folder = mkdtempSync(join(tmpdir(), 'shakedown-observe-'));
  const clock = { now: () => Date.now() };
  const origins = createAuthority(await openVault({ dir: join(folder, 'origins'), clock }), { clock });
  const { serverOptions: tls } = await origins.leaf({ host: 'localhost', recipe: 'good' });
  const page = await servePage();
  const good = 'https://app.example';
  const server = await startEchoServer({ tls, origins: [good, page.origin] });
  const elsewhere = await startEchoServer({ origins: [] });
  const shakedown: Shakedown = await startShakedown({ seed: 7, upstreamCa: origins.caPath, caDir: join(folder, 'ca') });
  const [curl, chromium, certutil] = [findProgram('curl'), findChromium(), findProgram('certutil')];
  const python = findModule('/usr/bin/python3', 'websockets');
  let browser: ChromiumBrowser | undefined;
  if ('path' in chromium && 'path' in certutil) {
    const database = join(folder, 'home', '.pki', 'nssdb');
    mkdirSync(database, { recursive: true });
    for (const args of [
      ['-N', '--empty-password'],
      ['-A', '-t', 'C,,', '-n', 'shakedown', '-i', shakedown.ca],
    ])
      spawnSync(certutil.path, ['-d', `sql:${database}`, ...args]);
    browser = await openChromium(chromium.path, page, { home: join(folder, 'home'), proxy: shakedown.proxy });
  }
  const drivers: readonly (readonly [name: string, drive: (attempt: Attempt) => Promise<Outcome>, echoes: boolean])[] = [
    ['ws (Node)', withNpmWs, true],
    ['undici', withUndici, true],
    ...('path' in python ? ([['Python websockets', (attempt: Attempt) => withPythonWebsockets(python.path, attempt), true]] as const) : []),
    ...('path' in curl ? ([['curl', (attempt: Attempt) => withCurl(curl.path, attempt), false]] as const) : []),
    ...(browser ? ([['Chromium', ({ url, timeoutMs = patienceMs }: Attempt) => browser.attempt({ url, timeoutMs }), true]] as const) : []),
  ];
  const url = server.url.replace('127.0.0.1', 'localhost');
  const ca = readFileSync(shakedown.ca, 'utf8');
  const observe = async (fault: Fault): Promise<Observation> => {
    const own = scenes[fault.id]?.choice ?? fault.example;
    const choice = typeof own === 'function' ? own({ port: server.port, elsewhere: elsewhere.port }) : own;
    const said: Record<string, string> = {};
    for (const [name, drive, echoes] of drivers) {
      // Armed anew for each client: a fault that counts begins at one.
      const armed = await shakedown.arm(choice);
      const outcome = await drive({ url, proxy: shakedown.proxy, ca, origin: good, timeoutMs: patienceMs });
      await armed.disarm();
      said[name] = told(outcome, echoes);
    }
    return { choice: steady(choice.replaceAll(String(elsewhere.port), 'PORT').replaceAll(String(server.port), 'PORT')), said };
  };
  return {
    clients: drivers.map(([name]) => name),
    observe,
    [Symbol.asyncDispose]: async () => {
      await browser?.close();
      page.close();
      await shakedown.stop();
      await Promise.all([server.close(), elsewhere.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

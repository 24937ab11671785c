import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Attempt, defaultTimeoutMs, greeting, type Outcome } from './outcome.js';
import { runProgram } from './run-program.js';

/** Starts fast, asks nothing, and says as little as can be to its maker. */
const quiet: Readonly<Record<string, string | number | boolean>> = {
  'app.normandy.enabled': false,
  'app.update.enabled': false,
  'browser.aboutwelcome.enabled': false,
  'browser.newtabpage.enabled': false,
  'browser.safebrowsing.downloads.remote.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'extensions.update.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'network.trr.mode': 5,
  'toolkit.telemetry.reportingpolicy.firstRun': false,
};

const pageOf = (
  urls: readonly string[],
  timeoutMs: number,
): string => `<!doctype html><title>shakedown test page</title><link rel="icon" href="data:,">
<script>
const attempt = (url) => new Promise((resolve) => {
  const seen = { opened: false, echoed: false, error: '', closeCode: null };
  const socket = new WebSocket(url);
  const timer = setTimeout(() => { seen.error = 'nothing decided in time'; socket.onclose = null; socket.close(); resolve(seen); }, ${timeoutMs});
  socket.onopen = () => { seen.opened = true; socket.send(${JSON.stringify(greeting)}); };
  socket.onmessage = ({ data }) => { seen.echoed = data === ${JSON.stringify(greeting)}; socket.close(1000); };
  socket.onclose = ({ code }) => { clearTimeout(timer); seen.closeCode = code; resolve(seen); };
});
(async () => {
  const all = [];
  for (const url of ${JSON.stringify(urls)}) all.push(await attempt(url));
  fetch('/outcome', { method: 'POST', body: JSON.stringify(all) });
})();
</script>`;

/** Makes the profile's certificate store, with this CA in it: certutil of libnss3-tools. */
const trust = async (profile: string, ca: string): Promise<void> => {
  const file = join(profile, 'ca.pem');
  await writeFile(file, ca);
  const store = ['-d', `sql:${profile}`];
  for (const args of [
    ['-N', '--empty-password', ...store],
    ['-A', ...store, '-n', 'shakedown', '-t', 'C,,', '-i', file],
  ]) {
    const { code, stderr } = await runProgram('certutil', { args, timeoutMs: 20_000 });
    if (code !== 0) throw new Error(`certutil ended with ${code}: ${stderr}`);
  }
};

/**
 * One attempt in a headless Firefox with a throw-away profile. The page comes from 127.0.0.1, past the proxy; the WebSocket's URL must name
 * `localhost`. Firefox tells a page nothing but the close code.
 */
export const withFirefox = async (firefox: string, { url, ...how }: Attempt): Promise<Outcome> => {
  const [outcome] = await allWithFirefox(firefox, [url], how);
  if (!outcome) throw new Error('Firefox told nothing');
  return outcome;
};

/** One attempt after the other in one browser; in the order of the URLs. */
export const allWithFirefox = async (
  firefox: string,
  urls: readonly string[],
  { proxy, ca, timeoutMs = defaultTimeoutMs }: Omit<Attempt, 'url'>,
): Promise<readonly Outcome[]> => {
  const profile = await mkdtemp(join(tmpdir(), 'shakedown-firefox-'));
  let told = (_: readonly Outcome[]): void => {};
  const outcome = new Promise<readonly Outcome[]>((resolve) => {
    told = resolve;
  });
  const server = createServer((request, response) => {
    if (request.method !== 'POST') return void response.setHeader('content-type', 'text/html').end(pageOf(urls, timeoutMs));
    let text = '';
    request.setEncoding('utf8').on('data', (part) => {
      text += part;
    });
    request.on('end', () => {
      response.end();
      told(JSON.parse(text));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const where = proxy === undefined ? null : new URL(proxy);
  const proxied = {
    'network.proxy.type': 1,
    'network.proxy.http': where?.hostname ?? '',
    'network.proxy.http_port': Number(where?.port),
    'network.proxy.ssl': where?.hostname ?? '',
    'network.proxy.ssl_port': Number(where?.port),
    'network.proxy.no_proxies_on': '127.0.0.1',
    'network.proxy.allow_hijacking_localhost': true,
  };
  const prefs = { ...quiet, ...(where ? proxied : { 'network.proxy.type': 0 }) };
  const lines = Object.entries(prefs).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`);
  if (ca !== undefined) await trust(profile, ca);
  await writeFile(join(profile, 'user.js'), `${lines.join('\n')}\n`);
  const page = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const child = spawn(firefox, ['--headless', '--no-remote', '--profile', profile, page], {
    stdio: 'ignore',
    // Firefox refuses to run as root in somebody else's HOME.
    env: { ...process.env, HOME: profile },
  });
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const nothing = (error: string): readonly Outcome[] => urls.map(() => ({ opened: false, echoed: false, error, closeCode: null }));
  const timer = setTimeout(() => told(nothing('Firefox did not open the page')), timeoutMs * urls.length + 30_000);
  try {
    return await Promise.race([outcome, gone.then(() => nothing('Firefox ended'))]);
  } finally {
    clearTimeout(timer);
    child.kill('SIGKILL');
    await gone;
    server.closeAllConnections();
    server.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
};

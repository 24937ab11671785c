import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ClientOptions, WebSocket } from 'ws';
import { loopbackOnly } from '../../src/proxy/access/access.js';
import { type House, startHouse } from '../proxy/support/house.js';
import { openChromium, servePage } from '../support/clients/chromium.js';
import { runProgram } from '../support/clients/run-program.js';
import { throughSocks } from '../support/clients/socks-connection.js';
import { type EchoServer, startEchoServer } from '../support/echo-server.js';
import { findChromium, findProgram } from '../support/find.js';
import { testFolder } from './support/folder.js';

// Real clients by the ways in that few of them take: TLS to the proxy, SOCKS, IPv6.
const folder = testFolder();
const curl = findProgram('curl');
const chromium = findChromium();
const certutil = findProgram('certutil');

const families = [
  { family: 'IPv4', host: '127.0.0.1', shown: '127.0.0.1' },
  { family: 'IPv6', host: '::1', shown: '[::1]' },
] as const;
type Family = (typeof families)[number]['family'];

const doors = new Map<Family, { readonly house: House; readonly plain: EchoServer; readonly secure: EchoServer; readonly ca: string }>();
const doorOf = (family: Family) => {
  const found = doors.get(family);
  if (!found) throw new Error('no door');
  return found;
};
beforeAll(async () => {
  for (const { family, host } of families) {
    const house = await startHouse({ host, insecure: ['echo.localhost'] });
    const { serverOptions } = await house.origins.leaf({ host, recipe: 'good' });
    const tls = { cert: String(serverOptions.cert), key: String(serverOptions.key) };
    const ca = join(folder, `${family}.pem`);
    writeFileSync(ca, house.ca);
    doors.set(family, { house, plain: await startEchoServer({ host }), secure: await startEchoServer({ host, tls }), ca });
  }
});
afterAll(async () => {
  for (const { house, plain, secure } of doors.values()) for (const one of [plain, secure, house]) await one[Symbol.asyncDispose]();
});

const lastEntrance = (house: House): unknown => {
  const told = house.events.findLast((event) => event.type === 'entrance');
  return told?.type === 'entrance' ? told.entrance : undefined;
};

describe.skipIf('missing' in curl)('curl', () => {
  const ask = async (family: Family, args: readonly string[]) => {
    const { ca } = doorOf(family);
    const path = 'path' in curl ? curl.path : '';
    const common = ['--silent', '--show-error', '--max-time', '10', '--noproxy', '', '--proxy-cacert', ca, '--cacert', ca];
    const { stdout, stderr } = await runProgram(path, { args: [...common, ...args], timeoutMs: 15_000 });
    return stdout + stderr;
  };

  it.each(families.flatMap((at) => ['http', 'https', 'socks5', 'socks5h', 'socks4', 'socks4a'].map((scheme) => ({ ...at, scheme }))))(
    'goes in by $scheme at $host',
    async ({ family, shown, scheme }) => {
      const { house, plain, secure } = doorOf(family);
      const proxy = ['--proxy', `${scheme}://${shown}:${house.port}`];
      // SOCKS4 has IPv4 addresses only; SOCKS4a and `socks5h` give us names, and those under localhost lead to either family.
      const name = scheme === 'socks4a' || scheme === 'socks5h' ? 'echo.localhost' : shown;
      if (scheme === 'socks4' && family === 'IPv6') return;
      expect(await ask(family, [...proxy, `http://${name}:${plain.port}/`])).toBe('an echo server for WebSockets\n');
      expect(lastEntrance(house)).toBe(scheme.startsWith('socks4') ? 'socks4a' : scheme.startsWith('socks5') ? 'socks5' : 'absolute');
      if (name !== shown) return;
      expect(await ask(family, [...proxy, `https://${shown}:${secure.port}/`])).toBe('an echo server for WebSockets\n');
    },
  );
});

/** The types of ws know a connection that is there at once only; Node's http takes a callback too. */
const bySocks = (...of: Parameters<typeof throughSocks>): ClientOptions =>
  ({ createConnection: throughSocks(...of) }) as unknown as ClientOptions;

describe('npm ws', () => {
  const echo = (url: string, options: ClientOptions): Promise<string> =>
    new Promise((resolve) => {
      const socket = new WebSocket(url, options);
      socket.on('open', () => socket.send('hello'));
      socket.on('message', (data) => {
        resolve(String(data));
        socket.close();
      });
      socket.on('error', (error) => resolve(error.message));
    });

  describe.each(families)('at $host', ({ family, host, shown }) => {
    it('goes in by https-proxy-agent over TLS to the proxy', async () => {
      const { house, plain, secure } = doorOf(family);
      const agent = () => new HttpsProxyAgent(`https://${shown}:${house.port}`, { ca: house.ca });
      expect(await echo(plain.url, { agent: agent() })).toBe('hello');
      // Of an address https-proxy-agent 7 tells Node's TLS nothing, which then looks for `localhost` in the certificate.
      expect(await echo(secure.url.replace(shown, 'echo.localhost'), { agent: agent(), ca: house.ca })).toBe('hello');
      expect(lastEntrance(house)).toBe('connect');
    });

    it('goes in by SOCKS5', async () => {
      const { house, plain, secure } = doorOf(family);
      const proxy = { host, port: house.port };
      expect(await echo(plain.url, { ...bySocks(proxy) })).toBe('hello');
      expect(await echo(plain.url.replace(shown, 'a.localhost'), { ...bySocks(proxy) })).toBe('hello');
      expect(await echo(secure.url, { ...bySocks(proxy, { ca: house.ca }) })).toBe('hello');
      expect(lastEntrance(house)).toBe('socks5');
    });
  });

  it('goes in with the credentials that the proxy wants, by CONNECT and by SOCKS5, and not with others', async () => {
    const credentials = { user: 'me', password: 'p@ss:word' };
    await using house = await startHouse({ access: { ...loopbackOnly, credentials, askAll: true } });
    const { plain } = doorOf('IPv4');
    expect(await echo(plain.url, { agent: new HttpsProxyAgent(house.engine.info.proxy ?? '') })).toBe('hello');
    expect(await echo(plain.url, { agent: new HttpsProxyAgent(`http://127.0.0.1:${house.port}`) })).toBe('Unexpected server response: 407');
    const place = { host: '127.0.0.1', port: house.port };
    expect(await echo(plain.url, { ...bySocks({ ...place, credentials }) })).toBe('hello');
    expect(await echo(plain.url, { ...bySocks({ ...place, credentials: { user: 'me', password: 'x' } }) })).toBe(
      'SOCKS5: wrong credentials',
    );
  });
});

describe.skipIf('missing' in chromium || 'missing' in certutil)('Chromium', () => {
  it('goes in over TLS to the proxy, which it trusts by its store', async () => {
    const { house, plain, secure, ca } = doorOf('IPv4');
    const home = join(folder, 'home');
    const database = join(home, '.pki', 'nssdb');
    mkdirSync(database, { recursive: true });
    const tool = 'path' in certutil ? certutil.path : '';
    for (const args of [
      ['-N', '--empty-password'],
      ['-A', '-t', 'C,,', '-n', 'shakedown', '-i', ca],
    ])
      expect(spawnSync(tool, ['-d', `sql:${database}`, ...args]).status).toBe(0);
    const page = await servePage();
    const browser = await openChromium('path' in chromium ? chromium.path : '', page, { home, proxy: `https://127.0.0.1:${house.port}` });
    try {
      for (const { url } of [plain, secure])
        expect(await browser.attempt({ url })).toMatchObject({ opened: true, echoed: true, console: [] });
    } finally {
      await browser.close();
      page.close();
    }
    const ids = house.events.flatMap((event) => (event.type === 'target' && event.kind === 'websocket' ? [event.target.scheme] : []));
    expect(ids.slice(-2)).toEqual(['ws', 'wss']);
  });
});

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import type { Exchange } from '../../src/model/exchange.js';
import { bugsOf, type House, startHouse } from '../proxy/support/house.js';
import { type EchoServer, startEchoServer } from '../support/echo-server.js';
import { findChromium, findProgram } from '../support/find.js';
import { freePort } from '../support/free-port.js';
import { type Http2Server, startHttp2Server } from '../support/http2-server.js';
import { browse } from './support/browse.js';
import { testFolder } from './support/folder.js';
import { presentedPin } from './support/presented.js';

// Clients and servers of others where the two ends speak different HTTP: --http2=force.
const [curl, nginx, browser] = [findProgram('curl'), findProgram('nginx'), findChromium()];
const folder = testFolder();

let house: House;
let old: EchoServer;
let modern: Http2Server;
let tls: { readonly cert: string; readonly key: string };
beforeAll(async () => {
  house = await startHouse({ http2: 'force' });
  tls = (await house.origins.leaf({ host: 'localhost', recipe: 'good' })).serverOptions;
  old = await startEchoServer({ tls });
  modern = await startHttp2Server({ ...tls, http1: false });
});
afterAll(async () => {
  expect(bugsOf(house)).toEqual([]);
  await house[Symbol.asyncDispose]();
  await old[Symbol.asyncDispose]();
  await modern[Symbol.asyncDispose]();
});

/** What curl wrote, and behind it `VERSION STATUS`. */
const ask = async (...args: readonly string[]): Promise<string> => {
  if ('missing' in curl) throw new Error(curl.missing);
  const common = [
    '-sS',
    '--max-time',
    '15',
    '--proxy',
    `http://127.0.0.1:${house.port}`,
    '--cacert',
    house.engine.info.ca ?? '',
    '-w',
    '\n%{http_version} %{http_code}',
  ];
  return (await promisify(execFile)(curl.path, [...common, ...args], { maxBuffer: 16 * 1024 * 1024 })).stdout;
};
const lastAt = (port: number): Exchange | undefined => house.all().findLast(({ target }) => target?.port === port);
const protocols = (exchange: Exchange | undefined) => [exchange?.client.tls?.alpn, exchange?.server?.tls?.alpn];

describe.skipIf('missing' in curl)('curl', () => {
  it('asks over HTTP/2 a server of HTTP/1.1', async () => {
    expect(await ask('--http2', `https://localhost:${old.port}/`)).toBe('an echo server for WebSockets\n\n2 200');
    expect(protocols(lastAt(old.port))).toEqual(['h2', 'http/1.1']);
  });

  it('posts over HTTP/2 to a server of HTTP/1.1', async () => {
    expect(await ask('--http2', '-d', 'a=1', `https://localhost:${old.port}/`)).toContain('\n2 200');
    expect(lastAt(old.port)?.heads.serverGot?.headers).toContainEqual(['content-length', '3']);
  });

  it('asks over HTTP/1.1 a server that speaks HTTP/2 only', async () => {
    expect(await ask('--http1.1', `https://localhost:${modern.port}/`)).toBe(
      '<!doctype html><title>h2</title><p>a page over HTTP/2</p>\n1.1 200',
    );
    expect(protocols(lastAt(modern.port))).toEqual(['http/1.1', 'h2']);
  });

  it('sends a large body over HTTP/1.1 to a server of HTTP/2, and gets it back', async () => {
    const path = join(folder, 'body');
    writeFileSync(path, Buffer.alloc(1_000_000, 'body '));
    const echoed = await ask('--http1.1', '--data-binary', `@${path}`, `https://localhost:${modern.port}/post`);
    expect(echoed).toBe(`${'body '.repeat(200_000)}\n1.1 200`);
  });

  it('is told where the server speaks HTTP/2 only and allows no WebSocket over it', async () => {
    await using closed = await startHttp2Server({ ...tls, http1: false, extended: false });
    const key = ['Upgrade: websocket', 'Connection: Upgrade', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='];
    const said = await ask('--http1.1', ...key.flatMap((line) => ['-H', line]), `https://localhost:${closed.port}/chat`);
    expect(said).toMatch(/shakedown: the TLS handshake [\s\S]*\n1\.1 502$/);
    const exchange = lastAt(closed.port);
    expect(exchange && diagnose(exchange)[0]?.code).toBe('tls.alpn-h2-only');
  });
});

/** Resolves once something listens there. */
const listening = async (port: number): Promise<void> => {
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    const there = await new Promise<boolean>(
      (resolve) => void socket.once('connect', () => resolve(true)).once('error', () => resolve(false)),
    );
    socket.destroy();
    if (there) return;
  }
};

describe.skipIf('missing' in nginx || 'missing' in curl)('nginx with http2', () => {
  it('serves a client of HTTP/1.1 and one of HTTP/2', async () => {
    if ('missing' in nginx) return;
    const port = await freePort();
    mkdirSync(join(folder, 'logs'), { recursive: true });
    const page = 'a page of nginx\n'.repeat(20_000);
    writeFileSync(join(folder, 'page.txt'), page);
    writeFileSync(join(folder, 'cert.pem'), tls.cert);
    writeFileSync(join(folder, 'key.pem'), tls.key, { mode: 0o600 });
    writeFileSync(
      join(folder, 'nginx.conf'),
      `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/logs/error.log;
       events {} http { access_log off; client_body_temp_path ${folder}/body-temp; proxy_temp_path ${folder}/p; fastcgi_temp_path ${folder}/f;
       uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
       server { listen 127.0.0.1:${port} ssl http2; ssl_certificate cert.pem; ssl_certificate_key key.pem; root ${folder}; } }`,
    );
    const server = spawn(nginx.path, ['-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: 'ignore' });
    const over = once(server, 'exit');
    try {
      await listening(port);
      expect(await ask('--http1.1', `https://localhost:${port}/page.txt`)).toBe(`${page}\n1.1 200`);
      expect(protocols(lastAt(port))).toEqual(['http/1.1', 'h2']);
      expect(lastAt(port)?.heads.serverGot?.startLine).toBe('GET /page.txt HTTP/2');
      expect(await ask('--http2', `https://localhost:${port}/page.txt`)).toBe(`${page}\n2 200`);
      expect(protocols(lastAt(port))).toEqual(['h2', 'h2']);
      expect(await ask('--http1.1', '-I', `https://localhost:${port}/none`)).toContain('\n1.1 404');
    } finally {
      server.kill();
      await over;
    }
  });
});

describe.skipIf('missing' in browser)('Chromium', () => {
  it('opens its WebSocket over HTTP/2 at a server of HTTP/1.1', async () => {
    if ('missing' in browser) return;
    const before = house.all().length;
    const pin = await presentedPin(`http://127.0.0.1:${house.port}`, `wss://localhost:${old.port}/`);
    const told = await browse({ path: browser.path, proxyPort: house.port, port: old.port, pin });
    expect(told).toMatchObject({ opened: true, echoed: 'over HTTP/2', code: 1000 });
    const exchanges = house
      .all()
      .slice(before)
      .filter(({ target, heads }) => target?.port === old.port && heads.clientSent !== null);
    const socket = exchanges.find(({ heads }) => heads.clientSent?.startLine === 'CONNECT /chat HTTP/2');
    const page = exchanges.find(({ heads }) => heads.clientSent?.startLine === 'GET / HTTP/2');
    expect(page).toMatchObject({ kind: 'http', outcome: 'answered', connection: socket?.connection });
    expect(socket).toMatchObject({ kind: 'websocket', status: 101, outcome: 'closed', frames: { fromClient: { messages: 1 } } });
    expect(socket?.heads.serverGot?.startLine).toBe('GET /chat HTTP/1.1');
    expect(socket && diagnose(socket)).toEqual([]);
  });
});

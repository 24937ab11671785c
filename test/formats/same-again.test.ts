import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { exportExchange } from '../../src/formats/export-exchange.js';
import { startShakedown } from '../../src/index.js';
import { readExchanges } from '../../src/recording/exchanges.js';
import { formatNamed } from '../../src/views/export-formats.js';
import { testFolder } from '../e2e/support/folder.js';
import { type EchoServer, startEchoServer } from '../support/echo-server.js';
import { findProgram } from '../support/find.js';
import { testCertificate } from '../support/test-certificate.js';
import { runScript } from './support/hostile.js';

// The exported commands against the servers that were recorded.
const folder = testFolder();
const recording = join(folder, 'session.jsonl');
const [curl, sh, wscat] = [findProgram('curl'), findProgram('sh'), findProgram('wscat')];
let plain: EchoServer;
let secure: EchoServer;

const ended = (url: string, options: object): Promise<void> =>
  new Promise((resolve) => {
    const socket = new WebSocket(url, ['chat', 'v2'], options);
    socket.on('open', () => socket.send('hello'));
    socket.on('message', () => socket.close(1000));
    socket.on('error', () => {});
    socket.on('close', () => resolve());
  });

beforeAll(async () => {
  plain = await startEchoServer({ origins: ['https://good.example'], answers: { '/gone': 404 }, protocols: ['v2'] });
  secure = await startEchoServer({ tls: testCertificate(), protocols: ['v2'] });
  const shakedown = await startShakedown({ record: recording, caDir: join(folder, 'ca'), insecure: ['*'] });
  const options = { agent: new HttpsProxyAgent(shakedown.proxy), rejectUnauthorized: false, origin: 'https://good.example' };
  await ended(plain.url, options);
  await ended(plain.url, { ...options, origin: 'https://evil.example' });
  await ended(`${plain.url}gone?a=b&c=[d]`, options);
  await ended(secure.url, options);
  const page = get({
    host: '127.0.0.1',
    port: new URL(shakedown.proxy).port,
    path: `http://127.0.0.1:${plain.port}/`,
    headers: { Host: `127.0.0.1:${plain.port}` },
  });
  const [answer] = await once(page, 'response');
  answer.resume();
  await once(answer, 'end');
  await shakedown.stop();
});
afterAll(async () => {
  await plain.close();
  await secure.close();
});

const recorded = async (): Promise<{ id: string; status: number }[]> => {
  const found: { id: string; status: number }[] = [];
  for await (const { exchange } of readExchanges(recording)) found.push({ id: exchange.id, status: exchange.status });
  return found.sort((one, other) => Number(one.id) - Number(other.id));
};
const command = (id: string, format: string): Promise<string> =>
  exportExchange(recording, id, {
    format: (source) => formatNamed(format, source),
    redact: false,
    shakedown: '9.9.9',
    recording: 'session.jsonl',
  });

describe.skipIf('missing' in curl || 'missing' in sh)('the exported curl commands', () => {
  it('get the statuses that were recorded, over TLS too', async () => {
    const exchanges = await recorded();
    expect(exchanges.map(({ status }) => status)).toEqual([101, 403, 404, 101, 200]);
    const again = await Promise.all(
      exchanges.map(async ({ id }) => {
        // After a 101 curl waits for the server to end, which this one does not.
        const script = (await command(id, 'curl')).replace(/^curl /m, 'curl --silent --show-error --max-time 2 ');
        const said = (await runScript('/bin/sh', script, { cwd: folder })).toString('latin1');
        return { id, status: Number(/^HTTP\/1\.1 (\d+)/.exec(said)?.[1]) };
      }),
    );
    expect(again).toEqual(exchanges);
    // The same path, brackets and all, and the same fields in the order of the recording.
    expect(plain.seen.filter(({ url }) => url === '/gone?a=b&c=[d]')).toHaveLength(2);
    const [first, second] = plain.seen.filter(({ rawHeaders }) => rawHeaders.includes('https://evil.example'));
    const withoutHost = (headers: readonly string[] = []) => headers.filter((_, at) => headers[at - (at % 2)]?.toLowerCase() !== 'host');
    expect(withoutHost(second?.rawHeaders)).toEqual(withoutHost(first?.rawHeaders));
  });
});

describe.skipIf('missing' in wscat || 'missing' in sh)('the exported wscat commands', () => {
  it('open the same WebSocket and have the first text echoed, over TLS too', async () => {
    await Promise.all(
      ['1', '4'].map(async (id) => {
        // Its stdin stays open: at the end of that wscat goes.
        const { stdout } = await promisify(execFile)('/bin/sh', ['-c', await command(id, 'wscat')], { cwd: folder });
        expect(stdout).toContain('hello');
      }),
    );
    expect(plain.seen.at(-1)?.rawHeaders).toEqual(expect.arrayContaining(['chat,v2', 'https://good.example']));
  });
});

describe.skipIf('missing' in sh)('the exported websocat commands', () => {
  it('give websocat the words of its documented flags, and the text as a line', async () => {
    const stub = join(folder, 'websocat');
    writeFileSync(stub, '#!/bin/sh\nprintf "%s\\n" "$@"\nwhile read -r line; do printf "line: %s\\n" "$line"; done\n');
    chmodSync(stub, 0o755);
    const said = (await runScript('/bin/sh', `PATH=.:$PATH\n${await command('4', 'websocat')}`, { cwd: folder })).toString();
    expect(said.split('\n')).toEqual([
      '--text',
      '--no-close',
      '--linemode-strip-newlines',
      '--insecure',
      '--origin=https://good.example',
      '--protocol=chat, v2',
      secure.url,
      'line: hello',
      '',
    ]);
  });
});

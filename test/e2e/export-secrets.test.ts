import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { recordedExchanges } from '../../src/formats/recorded-exchanges.js';
import { startShakedown } from '../../src/index.js';
import { exportFormats } from '../../src/views/export-formats.js';
import { seededBytes } from '../formats/support/hostile.js';
import { testFolder } from './support/folder.js';
import { endAll, runCli } from './support/shakedown.js';

const folder = testFolder();
const recording = join(folder, 'secrets.jsonl');

const next = seededBytes(54);
const letters = 'abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const planted: string[] = [];
/** A text that occurs nowhere else. */
const secret = (length = 24): string => {
  const text = Array.from({ length }, () => letters[next() % letters.length]).join('');
  planted.push(text);
  return text;
};
const jwt = (): string => {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signature = secret(43);
  return `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: secret() })}.${signature}`;
};

const headers: Record<string, string> = {
  Authorization: `Bearer ${secret()}`,
  Cookie: `sid=${secret()}; theme=dark; auth=${secret()}`,
  'X-Api-Key': secret(),
  'X-Auth-Token': secret(),
  'X-Csrf-Token': secret(),
  'X-Amz-Security-Token': secret(),
  'X-Access-Token': secret(),
  'X-Session-Token': secret(),
  'X-Client-Secret': secret(),
  'X-Goog-Api-Key': secret(),
};
const query = ['token', 'access_token', 'key', 'sig', 'code', 'api_key', 'password', 'session', 'ticket', 'jwt', 'auth', 'signature']
  .map((name) => `${name}=${secret()}`)
  .join('&');
const keys = [
  'password',
  'token',
  'access_token',
  'refresh_token',
  'secret',
  'client_secret',
  'apiKey',
  'sessionId',
  'authorization',
  'privateKey',
];
const texts: string[] = [
  ...keys.map((name) => JSON.stringify({ type: 'hello', [name]: secret() })),
  JSON.stringify({ deep: [{ auth: { password: secret() } }] }),
  `42["login",{"token":"${secret()}"}]`,
  JSON.stringify({ note: `my token is ${jwt()}` }),
  `Authorization: Bearer ${secret()}`,
  JSON.stringify({ key: `ghp_${secret(36)}` }),
  JSON.stringify({ value: `sk_live_${secret()}` }),
  `https://user:${secret()}@example.com/path?access_token=${secret()}`,
  // What came in the head comes again, where nothing says that it is secret.
  `echo of ${planted[0]}`,
];
const binary = [JSON.stringify({ password: secret() }), `token=${secret()}&x=1`];
const setCookies = [`sid=${secret()}; HttpOnly`, `remember=${secret()}; Path=/`];

const talk = async (url: string, protocols: string[], options: object): Promise<void> => {
  const socket = new WebSocket(url, protocols, options);
  await once(socket, 'open');
  for (const text of texts) socket.send(text);
  for (const text of binary) socket.send(Buffer.from(text));
  const split = JSON.stringify({ password: secret() });
  const middle = split.length - 14;
  socket.send(split.slice(0, middle), { fin: false });
  socket.send(split.slice(middle), { fin: true });
  const closed = once(socket, 'close');
  socket.close(4000, `token=${secret(20)}`);
  await closed;
};

beforeAll(async () => {
  const server = createServer();
  const sockets = new WebSocketServer({ server, perMessageDeflate: { threshold: 0 } });
  sockets.on('headers', (lines) => lines.push(...setCookies.map((value) => `Set-Cookie: ${value}`)));
  sockets.on('connection', (socket) => socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary })));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const shakedown = await startShakedown({ record: recording, caDir: join(folder, 'ca') });
  const agent = new HttpsProxyAgent(shakedown.proxy);
  const url = `ws://127.0.0.1:${port}/chat?${query}`;
  await talk(url, ['chat', `bearer.${secret()}`], { agent, headers });
  await talk(url, ['chat'], { agent, headers, perMessageDeflate: false });
  await shakedown.stop();
  for (const client of sockets.clients) client.terminate();
  server.close();
});
afterAll(endAll);

/** A text as it stands in base64 at each of the three places where it may begin, without the characters that its neighbours share. */
const inBase64 = (text: string): string[] =>
  [0, 1, 2].map((before) => {
    const whole = Buffer.from('x'.repeat(before) + text)
      .toString('base64')
      .replace(/=+$/, '');
    return whole.slice(before === 0 ? 0 : before + 1, before + 1 + Math.floor((text.length * 8 - 12) / 6));
  });
const hidings = (text: string): string[] => [
  text,
  ...inBase64(text),
  Buffer.from(text).toString('hex'),
  Buffer.from(text, 'utf16le').toString('latin1'),
];
const foundIn = (haystack: string): string[] => planted.filter((text) => hidings(text).some((one) => haystack.includes(one)));

describe('fifty planted secrets', () => {
  it('are in the recording, or this test proves nothing', async () => {
    expect(planted.length).toBeGreaterThanOrEqual(50);
    let said = readFileSync(recording, 'latin1');
    for await (const { messages } of recordedExchanges(recording))
      for await (const batch of messages()) for (const { message } of batch) said += Buffer.from(message.bytes).toString('latin1');
    expect(foundIn(said)).toEqual(planted);
  });

  it.each(exportFormats.map(({ id }) => id))(
    'are not in %s: not as they are, nor in base64, hex or an inflated payload',
    async (format) => {
      const out = join(mkdtempSync(join(folder, 'out-')), 'file');
      const { code, stdout, stderr } = await runCli(folder, ['export', recording, '-f', format, '-o', out, '--json']);
      expect(code).toBe(0);
      let text = readFileSync(out, 'latin1') + stdout + stderr;
      if (format === 'recording') {
        for await (const { messages, chunks } of recordedExchanges(out)) {
          for await (const batch of messages()) for (const { message } of batch) text += Buffer.from(message.bytes).toString('latin1');
          for await (const batch of chunks()) for (const { chunk } of batch) text += Buffer.from(chunk).toString('latin1');
        }
      }
      expect(foundIn(text)).toEqual([]);
      expect(JSON.parse(stdout).redacted.length).toBeGreaterThan(3);
      expect(stderr).toMatch(/^shakedown: redacted: .*; --no-redact keeps them\.\n$/);
    },
  );

  it('are all in what --no-redact writes', async () => {
    const { stdout, stderr } = await runCli(folder, ['export', recording, '-f', 'recording', '--no-redact']);
    expect(stdout.split('\n').length).toBe(readFileSync(recording, 'utf8').split('\n').length);
    expect(stderr).toContain('it holds credentials');
  });
});

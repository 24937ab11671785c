import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseReverse } from '../../src/control/reverse-target.js';
import { type EchoServer, startEchoServer } from '../support/echo-server.js';
import { statusOf } from './support/ask.js';
import { type House, startHouse } from './support/house.js';
import { dialFrom } from './support/other-machine.js';

let chat: EchoServer;
let secure: EchoServer;
let home: House;
let keeping: House;
beforeAll(async () => {
  const seed = await startHouse();
  const { serverOptions } = await seed.origins.leaf({ host: '127.0.0.1', recipe: 'good' });
  chat = await startEchoServer();
  secure = await startEchoServer({ tls: { cert: String(serverOptions.cert), key: String(serverOptions.key) } });
  const reverse = parseReverse([`/chat=${chat.url}`, `/feed=https://127.0.0.1:${secure.port}`]);
  home = await startHouse({ reverse, insecure: ['*'] });
  keeping = await startHouse({ reverse, keepHost: true, insecure: ['*'] });
  await seed[Symbol.asyncDispose]();
});
afterAll(async () => {
  for (const one of [home, keeping, chat, secure]) await one[Symbol.asyncDispose]();
});

const opening = (path: string) =>
  `GET ${path} HTTP/1.1\r\nHost: front.test:8101\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nOrigin: http://front.test:8101\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`;
const getting = (path: string) => `GET ${path} HTTP/1.1\r\nHost: front.test:8101\r\n\r\n`;
const heard = (server: EchoServer) => {
  const { url, rawHeaders } = server.seen.at(-1) ?? { url: '', rawHeaders: [] };
  const value = (name: string) => rawHeaders[rawHeaders.indexOf(name) + 1];
  return { url, host: value('Host'), origin: value('Origin') };
};

describe('reverse mode with several targets', () => {
  it('leads each path to its own, with the Host of that one and the Origin of the client', async () => {
    for (const [path, server, url] of [
      ['/chat/room?a=b', chat, '/room?a=b'],
      ['/feed/v2', secure, '/feed/v2'],
    ] as const) {
      const client = await dialFrom('127.0.0.1', home.port);
      expect(statusOf(await client.asks(opening(path)))).toBe(101);
      client.fin();
      expect(heard(server)).toEqual({ url, host: `127.0.0.1:${server.port}`, origin: 'http://front.test:8101' });
      const [exchange] = await home.exchanges(client.localPort);
      expect(exchange).toMatchObject({ entrance: 'reverse', target: { port: server.port, path: url } });
    }
  });

  it('keeps the Host of the client with --keep-host', async () => {
    const client = await dialFrom('127.0.0.1', keeping.port);
    expect(statusOf(await client.asks(opening('/chat')))).toBe(101);
    client.fin();
    expect(heard(chat)).toEqual({ url: '/', host: 'front.test:8101', origin: 'http://front.test:8101' });
  });

  it.each([
    ['a handshake', opening('/chats')],
    ['a page', getting('/chats')],
  ])('says which paths there are where none fits: %s', async (_, said) => {
    const client = await dialFrom('127.0.0.1', home.port);
    const answer = await client.asks(said);
    client.fin();
    expect(answer).toMatch(/^HTTP\/1\.1 404 Not Found\r\n/);
    expect(answer).toContain('X-Shakedown: no-route');
    expect(answer).toContain(
      `no --reverse takes the path "/chats". There is /chat to ws://127.0.0.1:${chat.port}/; /feed to https://127.0.0.1:${secure.port}.`,
    );
    const [exchange] = await home.exchanges(client.localPort);
    expect(exchange).toMatchObject({ outcome: 'failed', refusal: { status: 404, why: 'no-route' }, server: null });
  });

  it('takes pages of several servers, and a handshake, on one connection', async () => {
    const client = await dialFrom('127.0.0.1', home.port);
    expect(await client.asks(getting('/chat/'))).toContain('an echo server');
    expect(await client.asks(getting('/feed/'))).toContain('an echo server');
    expect(await client.asks(getting('/chat/'))).toContain('an echo server');
    expect(statusOf(await client.asks(opening('/feed')))).toBe(101);
    client.fin();
    const targets = (await home.exchanges(client.localPort, 4)).map(({ target }) => target?.port);
    expect(targets).toEqual([chat.port, secure.port, chat.port, secure.port]);
  });
});

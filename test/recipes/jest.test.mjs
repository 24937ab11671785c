import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { startShakedown } from 'shakedown';
import { WebSocketServer } from 'ws';
import { connectChat } from './chat-client.mjs';

let server;
const url = () => `ws://127.0.0.1:${server.address().port}/chat`;
let shakedown;

beforeAll(async () => {
  server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  shakedown = await startShakedown({ seed: 42 });
});
afterAll(async () => {
  await shakedown.stop();
  server.close();
});

test('the chat says so when the third connection is refused', async () => {
  const fault = await shakedown.arm('status:code=503').nth(3);
  const agent = new HttpsProxyAgent(shakedown.proxy);

  for (const failures of [[], [], ['Unexpected server response: 503']]) {
    const chat = await connectChat(url(), { agent });
    chat.socket.close();
    expect(chat.failures).toEqual(failures);
  }
  expect(await fault.count()).toBe(1);
  await fault.disarm();
});

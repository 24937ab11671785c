import { once } from 'node:events';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { startShakedown } from 'shakedown';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { connectChat } from './chat-client.mjs';

let server;
const url = () => `ws://127.0.0.1:${server.address().port}/chat`;

beforeAll(async () => {
  server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
});
afterAll(() => server.close());

test('the chat survives a proxy that drops Upgrade once', async () => {
  // In TypeScript: `await using shakedown = await startShakedown({ seed: 42 });`
  const shakedown = await startShakedown({ seed: 42 });
  onTestFinished(() => shakedown.stop());
  await shakedown.arm('drop-upgrade').once();

  const { socket, failures } = await connectChat(url(), { agent: new HttpsProxyAgent(shakedown.proxy) });
  socket.close();

  expect(failures).toEqual(['Unexpected server response: 426']);
  const failed = await shakedown.waitFor('finding = intermediary.upgrade-stripped');
  expect(failed.exchange.applied[0]?.id).toBe('drop-upgrade');
});

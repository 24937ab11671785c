import { createServer } from 'node:http';
import { expect, test } from '@playwright/test';
import { startShakedown } from 'shakedown';
import { WebSocketServer } from 'ws';

const page = `<!doctype html><title>chat</title><p id="state">connecting</p><script>
  const state = document.querySelector('#state');
  const connect = () => {
    const socket = new WebSocket('ws://' + location.host + '/chat');
    socket.onopen = () => { state.textContent = 'connected'; };
    socket.onclose = () => { state.textContent = 'offline, trying again'; setTimeout(connect, 300); };
  };
  connect();
</script>`;

const server = createServer((_request, response) => response.setHeader('Content-Type', 'text/html').end(page));
new WebSocketServer({ server });
let shakedown;

test.beforeAll(async () => {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  shakedown = await startShakedown({ seed: 42 });
});
test.afterAll(async () => {
  await shakedown.stop();
  server.closeAllConnections();
  server.close();
});

test('the page shows that it is offline, and comes back', async ({ browser }) => {
  // Chromium goes past a proxy for loopback hosts unless it is told not to.
  const context = await browser.newContext({ proxy: { server: shakedown.proxy, bypass: '<-loopback>' } });
  const tab = await context.newPage();
  const fault = await shakedown.arm('status:code=502').where('kind = websocket');

  await tab.goto(`http://127.0.0.1:${server.address().port}/`);
  await expect(tab.locator('#state')).toHaveText('offline, trying again');

  await fault.disarm();
  await expect(tab.locator('#state')).toHaveText('connected');
  expect((await shakedown.waitFor('client.status = 101')).exchange.kind).toBe('websocket');
  await context.close();
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { startShakedown } from '../../src/index.js';

/** What Socket.IO's polling answers, with CORS for one page. */
const startServer = async () => {
  const server = createServer((request, response) => {
    response.writeHead(200, {
      'Content-Type': 'text/plain',
      'Access-Control-Allow-Origin': request.headers.origin ?? '*',
      'Access-Control-Allow-Credentials': 'true',
      'X-Kept': 'yes',
    });
    response.end('0{"sid":"one"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, close: () => new Promise((resolve) => server.close(resolve)) };
};

const polling = '/socket.io/?EIO=4&transport=polling&t=abc';

describe('faults of plain HTTP answers', () => {
  it('strip-cors takes the CORS fields out of a polling answer, is found, and is gone when disarmed', async () => {
    const server = await startServer();
    await using shakedown = await startShakedown({ port: 0, reverse: [`http://127.0.0.1:${server.port}`] });
    const ask = async (path: string) => {
      const answer = await fetch(`${shakedown.info.proxy}${path}`, { headers: { Origin: 'http://app.example', Connection: 'close' } });
      return { headers: answer.headers, body: await answer.text() };
    };
    const armed = await shakedown.arm('strip-cors');
    const given = await ask(polling);
    expect(given.body).toBe('0{"sid":"one"}');
    expect([...given.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
    expect(given.headers.get('x-kept')).toBe('yes');
    const { exchange } = await shakedown.waitFor('fault = "strip-cors"', { ended: true });
    expect(exchange.applied).toMatchObject([{ id: 'strip-cors', stage: 'http-response', leg: 'client' }]);
    expect((await shakedown.findings(exchange.id)).map(({ code }) => code)).toEqual(['origin.cors-on-http-leg']);

    await shakedown.disarm(armed.choice.key);
    expect((await ask(polling)).headers.get('access-control-allow-origin')).toBe('http://app.example');
    await server.close();
  });

  it('a plain request that prepares no WebSocket gives no finding, and a fault of handshakes leaves it alone', async () => {
    const server = await startServer();
    await using shakedown = await startShakedown({
      port: 0,
      reverse: [`http://127.0.0.1:${server.port}`],
      faults: ['strip-cors', 'status'],
    });
    const answer = await fetch(`${shakedown.info.proxy}/page`, { headers: { Origin: 'http://app.example', Connection: 'close' } });
    expect(answer.status).toBe(200);
    const { exchange } = await shakedown.waitFor('path = "/page"', { ended: true });
    expect(exchange.applied.map(({ id }) => id)).toEqual(['strip-cors']);
    expect(await shakedown.findings(exchange.id)).toEqual([]);
    await server.close();
  });
});

import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Exchange } from '../../src/model/exchange.js';
import { type EchoServer, startEchoServer } from '../support/echo-server.js';
import { testCertificate } from '../support/test-certificate.js';
import { armed, bye, echoed, findings, hello, recordedBy } from './support/forced.js';
import { bugsOf, type House, reverseTo, startHouse } from './support/house.js';
import { callHttp2, extendedConnect, type Http2Caller } from './support/http2-caller.js';

const own = testCertificate();
let house: House;
let plain: EchoServer;
beforeAll(async () => {
  plain = await startEchoServer({ tls: own, protocols: ['chat'], answers: { '/ok': 200, '/none': 404 } });
  house = await startHouse({ insecure: ['127.0.0.1'], http2: 'force' });
});
afterAll(async () => {
  expect(bugsOf(house)).toEqual([]);
  await house[Symbol.asyncDispose]();
  await plain[Symbol.asyncDispose]();
});

describe('a client of HTTP/2 at a server of HTTP/1.1', () => {
  const caller = (port: number): Promise<Http2Caller> => callHttp2({ proxyPort: house.port, originPort: port, ca: house.ca });
  const done = async (client: Http2Caller, count: number): Promise<readonly Exchange[]> => {
    await client[Symbol.asyncDispose]();
    return recordedBy(house, client.localPort, count);
  };

  it('opens a WebSocket by extended CONNECT that reaches the server as an Upgrade', async () => {
    const client = await caller(plain.port);
    expect(client.extended).toBe(true);
    const { stream, answer, bytes } = client.ask(
      extendedConnect(`127.0.0.1:${plain.port}`, { 'sec-websocket-protocol': 'chat', cookie: ['a=1', 'b=2'], origin: 'https://page.test' }),
    );
    expect(await answer).toMatchObject({ ':status': 200, 'sec-websocket-protocol': 'chat' });
    stream.write(hello);
    expect(await bytes(echoed.length)).toEqual(echoed);
    stream.end(bye);
    // The session is destroyed below, with what it has not sent.
    await bytes(echoed.length + 4);
    const [exchange] = await done(client, 1);
    expect(exchange).toMatchObject({ kind: 'websocket', outcome: 'closed', status: 101, http2: { stream: 1 } });
    expect(exchange?.heads.clientSent?.startLine).toBe('CONNECT /chat HTTP/2');
    expect(exchange?.heads.serverGot?.startLine).toBe('GET /chat HTTP/1.1');
    expect(exchange?.heads.serverGot?.headers).toContainEqual(['cookie', 'a=1; b=2']);
    expect(exchange?.heads.serverSent?.startLine).toBe('HTTP/1.1 101 Switching Protocols');
    expect(exchange?.heads.clientGot?.raw).toBe('HTTP/2 200\r\nsec-websocket-protocol: chat\r\n\r\n');
    expect(exchange?.frames).toMatchObject({ fromClient: { messages: 1, close: { code: 1000 } }, fromServer: { messages: 1 } });
    expect([exchange?.client.tls?.alpn, exchange?.server?.tls?.alpn]).toEqual(['h2', 'http/1.1']);
    expect(findings(exchange)).toEqual([]);
  });

  it('serves many streams at once, each on a connection of its own', async () => {
    const client = await caller(plain.port);
    const asks = Array.from({ length: 10 }, () => client.ask(extendedConnect(`127.0.0.1:${plain.port}`)));
    for (const { answer, stream, bytes } of asks) {
      expect((await answer)[':status']).toBe(200);
      stream.write(hello);
      expect(await bytes(echoed.length)).toEqual(echoed);
    }
    for (const { stream, bytes } of asks) {
      stream.end(bye);
      await bytes(echoed.length + 4);
    }
    const exchanges = await done(client, 10);
    expect(new Set(exchanges.map(({ http2 }) => http2?.stream)).size).toBe(10);
    expect(new Set(exchanges.map(({ server }) => server?.peer?.port))).toEqual(new Set([plain.port]));
    expect(exchanges.flatMap(findings)).toEqual([]);
  });

  it('carries ordinary requests with their bodies', async () => {
    const server = createTlsServer({ cert: own.cert, key: own.key }, (request, response) => {
      response.setHeader(
        'x-seen',
        `${request.httpVersion} ${request.method} ${request.headers['transfer-encoding'] ?? request.headers['content-length'] ?? '-'}`,
      );
      if (request.method === 'POST') return void request.pipe(response);
      response.setHeader('set-cookie', ['a=1', 'b=2']);
      response.end('a page');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const client = await caller(port);
    const page = client.ask({ ':path': '/page' });
    expect(await page.answer).toMatchObject({ ':status': 200, 'x-seen': '1.1 GET -', 'set-cookie': ['a=1', 'b=2'] });
    expect((await page.body).toString()).toBe('a page');
    const body = 'x'.repeat(300_000);
    const post = client.ask({ ':method': 'POST', ':path': '/post' }, body);
    expect(await post.answer).toMatchObject({ ':status': 200, 'x-seen': '1.1 POST chunked' });
    expect((await post.body).toString()).toBe(body);
    const sized = client.ask({ ':method': 'POST', ':path': '/sized', 'content-length': '5' }, 'sized');
    expect(await sized.answer).toMatchObject({ 'x-seen': '1.1 POST 5' });
    expect((await sized.body).toString()).toBe('sized');
    const head = client.ask({ ':method': 'HEAD', ':path': '/head' });
    expect((await head.answer)[':status']).toBe(200);
    await head.body;
    const exchanges = await done(client, 4);
    expect(exchanges.map(({ kind, outcome, status, target }) => [kind, outcome, status, target?.path])).toEqual([
      ['http', 'answered', 200, '/page'],
      ['http', 'answered', 200, '/post'],
      ['http', 'answered', 200, '/sized'],
      ['http', 'answered', 200, '/head'],
    ]);
    expect(exchanges[0]?.heads.clientSent?.startLine).toBe('GET /page HTTP/2');
    expect(exchanges[0]?.heads.serverGot?.startLine).toBe('GET /page HTTP/1.1');
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('gives a refusal with its body, and opens nothing where the server answers 200', async () => {
    const client = await caller(plain.port);
    const refused = client.ask(extendedConnect(`127.0.0.1:${plain.port}`, { ':path': '/none' }));
    expect((await refused.answer)[':status']).toBe(404);
    expect((await refused.body).toString()).toBe('<h1>404 Not Found</h1>\n');
    const ok = client.ask(extendedConnect(`127.0.0.1:${plain.port}`, { ':path': '/ok' }));
    expect((await ok.answer)[':status']).toBe(502);
    expect((await ok.body).toString()).toBe('<h1>200 OK</h1>\n');
    const [first, second] = await done(client, 2);
    expect(first).toMatchObject({ status: 404, outcome: 'refused' });
    expect(findings(first)[0]).toBe('url.not-found');
    expect(second?.heads.clientGot?.startLine).toBe('HTTP/2 502');
    expect(findings(second)[0]).toBe('server.status-200');
  });

  it('answers 501 to a stream that asks for a tunnel', async () => {
    const client = await caller(plain.port);
    const { answer, body } = client.ask({ ':method': 'CONNECT', ':authority': 'elsewhere.test:443' });
    expect((await answer)[':status']).toBe(501);
    expect((await body).toString()).toContain('opens no tunnel here');
    await done(client, 1);
  });

  it('lets faults work on the handshake', async () => {
    const client = await caller(plain.port);
    await armed(house, 'status:code=503', async () => {
      const { answer, body } = client.ask(extendedConnect(`127.0.0.1:${plain.port}`));
      expect((await answer)[':status']).toBe(503);
      await body;
    });
    await armed(house, 'drop-upgrade', async () => {
      const { answer, body } = client.ask(extendedConnect(`127.0.0.1:${plain.port}`));
      expect((await answer)[':status']).not.toBe(200);
      await body;
    });
    await armed(house, 'stall-answer:ms=200', async () => {
      const { answer, stream } = client.ask(extendedConnect(`127.0.0.1:${plain.port}`));
      expect((await answer)[':status']).toBe(200);
      stream.end(bye);
    });
    const [status, dropped, stalled] = await done(client, 3);
    expect(status?.heads.clientGot?.startLine).toBe('HTTP/2 503');
    expect(findings(status)[0]).toBe('server.overloaded');
    expect(dropped?.heads.serverGot?.raw).not.toMatch(/upgrade: websocket/i);
    expect(findings(dropped)[0]).toBe('intermediary.upgrade-stripped');
    expect(stalled?.client.timings.response).toBeGreaterThanOrEqual(190);
  });

  it('carries RST_STREAM across as a reset, and the end of a session to all of its streams', async () => {
    const client = await caller(plain.port);
    const first = client.ask(extendedConnect(`127.0.0.1:${plain.port}`));
    const second = client.ask(extendedConnect(`127.0.0.1:${plain.port}`));
    await Promise.all([first.answer, second.answer]);
    first.stream.close(8);
    await house.event((event) => event.type === 'end' && event.code === 'H2_CANCEL');
    const exchanges = await done(client, 2);
    expect(exchanges[0]).toMatchObject({ client: { end: { how: 'reset', by: 'peer', code: 'H2_CANCEL' } }, outcome: 'closed' });
    expect(exchanges[0]).toMatchObject({ server: { end: { how: 'reset', by: 'shakedown' } } });
    expect(exchanges[1]).toMatchObject({ outcome: 'closed' });
  });

  it('records a connection that never asked for anything', async () => {
    const client = await caller(plain.port);
    const [exchange] = await done(client, 1);
    expect(exchange?.http2).toMatchObject({ stream: 0 });
  });
});

describe('a client of HTTP/2 at our own port in reverse mode', () => {
  it('has its streams carried to the target', async () => {
    await using behind = await startEchoServer();
    await using reverse = await startHouse({ http2: 'force', reverse: reverseTo(behind.port) });
    const client = await callHttp2({ proxyPort: reverse.port, ca: reverse.ca });
    const socket = client.ask(extendedConnect(`127.0.0.1:${reverse.port}`));
    expect((await socket.answer)[':status']).toBe(200);
    socket.stream.write(hello);
    expect(await socket.bytes(echoed.length)).toEqual(echoed);
    socket.stream.end(bye);
    const page = client.ask({ ':path': '/page' });
    expect((await page.answer)[':status']).toBe(200);
    expect((await page.body).toString()).toContain('an echo server');
    const tunnel = client.ask({ ':method': 'CONNECT', ':authority': 'elsewhere.test:443' });
    expect((await tunnel.answer)[':status']).toBe(501);
    await tunnel.body;
    await client[Symbol.asyncDispose]();
    const exchanges = await recordedBy(reverse, client.localPort, 3);
    expect(exchanges.map(({ kind, entrance, outcome, status }) => [kind, entrance, outcome, status])).toEqual([
      ['websocket', 'reverse', 'closed', 101],
      ['http', 'reverse', 'answered', 200],
      ['unknown', null, 'failed', 0],
    ]);
    expect(exchanges[0]?.heads.clientSent?.startLine).toBe('CONNECT /chat HTTP/2');
    expect(exchanges[0]?.heads.serverGot?.headers).toContainEqual(['host', `127.0.0.1:${behind.port}`]);
    expect(findings(exchanges[0])).toEqual([]);
    expect(bugsOf(reverse)).toEqual([]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import type { Exchange } from '../../src/model/exchange.js';
import { type Http2Server, startHttp2Server } from '../support/http2-server.js';
import { testCertificate } from '../support/test-certificate.js';
import { within } from './support/deadline.js';
import { frame } from './support/frames.js';
import { bugsOf, type House, startHouse } from './support/house.js';
import { callHttp2, extendedConnect, type Http2Caller } from './support/http2-caller.js';

const own = testCertificate();
let house: House;
let server: Http2Server;
beforeAll(async () => {
  server = await startHttp2Server(own);
  house = await startHouse({ insecure: ['127.0.0.1'] });
});
afterAll(async () => {
  expect(bugsOf(house)).toEqual([]);
  await house[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

const caller = (to: Http2Server = server): Promise<Http2Caller> => callHttp2({ proxyPort: house.port, originPort: to.port, ca: house.ca });
const authority = (to: Http2Server = server): string => `127.0.0.1:${to.port}`;
const recorded = async (client: Http2Caller, count: number): Promise<readonly Exchange[]> => {
  await client[Symbol.asyncDispose]();
  return within(house.exchanges(client.localPort, count), () => JSON.stringify(house.now(client.localPort), null, 1));
};
const hello = frame({ opcode: 1, payload: 'hello', masked: true });
const echoed = frame({ opcode: 1, payload: 'hello', masked: false });

describe('HTTP/2 on both legs', () => {
  it('shows the client the SETTINGS of the server', async () => {
    await using plain = await startHttp2Server({ ...own, extended: false });
    await using one = await caller();
    await using other = await caller(plain);
    expect([one.extended, other.extended]).toEqual([true, false]);
  });

  it('records an extended CONNECT as a handshake on both legs', async () => {
    const client = await caller();
    const { stream, answer, bytes } = client.ask(
      extendedConnect(authority(), { origin: 'https://page.test', 'sec-websocket-protocol': 'chat' }),
    );
    expect((await answer)[':status']).toBe(200);
    stream.write(hello);
    expect(await bytes(echoed.length)).toEqual(echoed);
    stream.write(frame({ opcode: 8, payload: Buffer.of(3, 232), masked: true }));
    stream.end();
    // The session is destroyed below, with what it has not sent.
    await bytes(echoed.length + 4);
    const [exchange] = await recorded(client, 1);
    expect(exchange).toMatchObject({ kind: 'websocket', outcome: 'closed', status: 200, entrance: 'connect' });
    expect(exchange?.http2).toMatchObject({ stream: 1, settings: { server: { ENABLE_CONNECT_PROTOCOL: 1 } } });
    expect(exchange?.heads.clientSent?.raw).toContain('CONNECT /chat HTTP/2\r\n');
    expect(exchange?.heads.clientSent?.headers).toContainEqual([':protocol', 'websocket']);
    expect(exchange?.heads.serverGot?.raw).toBe(exchange?.heads.clientSent?.raw);
    expect(exchange?.heads.serverSent?.startLine).toBe('HTTP/2 200');
    expect(exchange?.frames).toMatchObject({ fromClient: { messages: 1 }, fromServer: { messages: 1 } });
    expect(exchange?.client.tls?.alpn).toBe('h2');
    expect(exchange?.server?.tls?.alpn).toBe('h2');
    expect(exchange && diagnose(exchange).filter(({ cause }) => cause !== 'certificate')).toEqual([]);
  });

  it('serves many streams at once, each its own exchange', async () => {
    const client = await caller();
    const asks = Array.from({ length: 20 }, (_, i) => client.ask(extendedConnect(authority(), { 'x-number': String(i) })));
    for (const [i, { stream, answer, bytes }] of asks.entries()) {
      await answer;
      stream.write(frame({ opcode: 1, payload: `message ${i}`, masked: true }));
      const due = frame({ opcode: 1, payload: `message ${i}`, masked: false });
      expect(await bytes(due.length)).toEqual(due);
      stream.end();
    }
    const exchanges = await recorded(client, 20);
    expect(exchanges.map(({ heads }) => heads.clientSent?.headers.find(([name]) => name === 'x-number')?.[1])).toEqual(
      asks.map((_, i) => String(i)),
    );
    expect(new Set(exchanges.map(({ connection }) => connection)).size).toBe(1);
    expect(new Set(exchanges.map(({ http2 }) => http2?.stream)).size).toBe(20);
  });

  it('lets ordinary requests pass untouched beside them', async () => {
    const client = await caller();
    const page = client.ask({ ':path': '/page', 'x-cased': 'Value' });
    const body = 'x'.repeat(300_000);
    const post = client.ask({ ':method': 'POST', ':path': '/post' }, body);
    expect((await page.answer)[':status']).toBe(200);
    expect((await page.body).toString()).toContain('a page over HTTP/2');
    await post.answer;
    expect((await post.body).toString()).toBe(body);
    const exchanges = await recorded(client, 2);
    expect(exchanges.map(({ kind, outcome, target }) => [kind, outcome, target?.path])).toEqual([
      ['http', 'answered', '/page'],
      ['http', 'answered', '/post'],
    ]);
  });
});

const armed = async (fault: string, work: () => Promise<void>): Promise<void> => {
  const { choice } = await house.engine.control.arm(fault);
  try {
    await work();
  } finally {
    await house.engine.control.disarm(choice.key);
  }
};

/** After a fault the connection still serves: a second WebSocket opens and echoes. */
const stillServes = async (client: Http2Caller): Promise<void> => {
  const { stream, answer, bytes } = client.ask(extendedConnect(authority(), { 'x-second': 'yes', 'user-agent': 'again' }));
  expect((await answer)[':status']).toBe(200);
  stream.write(hello);
  expect(await bytes(echoed.length)).toEqual(echoed);
};

describe('a stream of gRPC', () => {
  it('passes both ways at the same time, byte for byte, with its trailers', async () => {
    await using calls = await startHttp2Server(own);
    const client = await caller(calls);
    const { stream, answer, bytes } = client.ask(
      { ':method': 'POST', ':path': '/grpc', 'content-type': 'application/grpc', te: 'trailers' },
      { open: true },
    );
    const trailers = new Promise((resolve) => void stream.once('trailers', resolve));
    let sent = Buffer.alloc(0);
    for (let i = 1; i <= 5; i++) {
      const message = Buffer.concat([Buffer.of(0, 0, 0, 0, i), Buffer.alloc(i, i)]);
      sent = Buffer.concat([sent, message]);
      stream.write(message);
      expect(await bytes(sent.length)).toEqual(sent);
    }
    stream.end();
    expect(await answer).toMatchObject({ ':status': 200, 'content-type': 'application/grpc' });
    expect(await trailers).toMatchObject({ 'grpc-status': '0', 'grpc-message': 'done' });
    const [exchange] = await recorded(client, 1);
    expect(exchange).toMatchObject({ kind: 'http', outcome: 'answered', status: 200, target: { path: '/grpc' } });
    expect(exchange && diagnose(exchange).filter(({ cause }) => cause !== 'certificate')).toEqual([]);
  });
});

describe('faults on a handshake over HTTP/2', () => {
  it('answers another status in place of the server', async () => {
    const client = await caller();
    await armed('status:code=429', async () => {
      const { answer, body } = client.ask(extendedConnect(authority()));
      expect(await answer).toMatchObject({ ':status': 429, 'retry-after': '1' });
      expect((await body).toString()).toBe('429 Too Many Requests\n');
    });
    await stillServes(client);
    const [exchange] = await recorded(client, 2);
    expect(exchange).toMatchObject({ status: 200, outcome: 'refused', applied: [{ id: 'status', stage: 'response' }] });
    expect(exchange?.heads.clientGot?.startLine).toBe('HTTP/2 429');
    expect(exchange && diagnose(exchange)[0]?.code).toBe('intermediary.rate-limited');
  });

  it('holds one answer back while other streams go on', async () => {
    const client = await caller();
    let held: ReturnType<Http2Caller['ask']> | undefined;
    await armed('stall-answer:ms=300', async () => {
      held = client.ask(extendedConnect(authority()));
      held.stream.write(hello);
      await house.event((event) => event.type === 'fault' && event.fault.id === 'stall-answer');
    });
    await stillServes(client);
    expect(held?.stream.sentHeaders).toBeDefined();
    expect((await held?.answer)?.[':status']).toBe(200);
    expect(await held?.bytes(echoed.length)).toEqual(echoed);
    const [exchange] = await recorded(client, 2);
    expect(exchange?.outcome).toBe('closed');
    expect(exchange?.client.timings.response).toBeGreaterThanOrEqual(290);
  });

  it('gives up a held answer when the client does', async () => {
    const client = await caller();
    await armed('stall-answer', async () => {
      const { stream, body } = client.ask(extendedConnect(authority()));
      await house.event((event) => event.type === 'fault' && event.exchange === String(house.now(client.localPort)[0]?.id));
      stream.close(8);
      await body;
    });
    await stillServes(client);
    const [exchange] = await recorded(client, 2);
    expect(exchange).toMatchObject({ client: { end: { by: 'peer' } }, outcome: 'failed' });
    expect(exchange && diagnose(exchange).map(({ code }) => code)).not.toContain('url.refused');
  });

  it('changes the Origin that the server gets', async () => {
    await using strict = await startHttp2Server({ ...own, origins: ['https://good.test'] });
    const client = await caller(strict);
    await armed('wrong-origin:value=https://evil.test', async () => {
      const { answer, body } = client.ask(extendedConnect(authority(strict), { origin: 'https://good.test' }));
      expect((await answer)[':status']).toBe(403);
      expect((await body).toString()).toBe('origin not allowed\n');
    });
    const good = client.ask(extendedConnect(authority(strict), { origin: 'https://good.test' }));
    expect((await good.answer)[':status']).toBe(200);
    expect(strict.seen.map(({ origin }) => origin)).toEqual(['https://evil.test', 'https://good.test']);
    const [exchange] = await recorded(client, 2);
    expect(exchange?.body).toBe('origin not allowed\n');
    expect(exchange && diagnose(exchange)[0]?.code).toBe('origin.rejected');
  });
});

it('shows a bad certificate to a client of HTTP/2 too', async () => {
  await armed('bad-cert:kind=expired', async () => {
    await expect(caller()).rejects.toMatchObject({ code: 'CERT_HAS_EXPIRED' });
  });
  const failed = await house.event((event) => event.type === 'tls-failed' && event.leg === 'client');
  const exchange = house.all().find(({ id }) => id === failed.exchange);
  expect(exchange).toMatchObject({ client: { hello: { alpn: ['h2', 'http/1.1'] } }, applied: [{ id: 'bad-cert' }] });
});

describe('HTTP/2 that ends', () => {
  it('tells a GOAWAY on the exchanges that were open', async () => {
    await using leaving = await startHttp2Server(own);
    const client = await caller(leaving);
    const { answer } = client.ask(extendedConnect(authority(leaving)));
    await answer;
    leaving.goaway(11);
    await house.event((event) => event.type === 'goaway' && event.leg === 'server');
    const [exchange] = await recorded(client, 1);
    expect(exchange?.server?.goaway).toMatchObject({ code: 'ENHANCE_YOUR_CALM' });
  });

  it('records a connection that never asked for anything', async () => {
    const client = await caller();
    const [exchange] = await recorded(client, 1);
    expect(exchange?.http2).toMatchObject({ stream: 0 });
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import type { Exchange } from '../../src/model/exchange.js';
import { bugsOf, type House, startHouse } from '../proxy/support/house.js';
import { withFirefox } from '../support/clients/firefox.js';
import { findChromium, findProgram } from '../support/find.js';
import { type Http2Server, startHttp2Server } from '../support/http2-server.js';
import { browse, type Told } from './support/browse.js';
import { presentedPin } from './support/presented.js';

// Chromium reaches a server of HTTP/2 with extended CONNECT (RFC 8441) through shakedown: its page and its WebSocket share one connection.
const found = findChromium();
const firefox = findProgram('firefox-esr', 'firefox');
const certutil = findProgram('certutil');

let house: House;
let server: Http2Server;
let plain: Http2Server;
let pin: string;
beforeAll(async () => {
  house = await startHouse();
  const { serverOptions } = await house.origins.leaf({ host: 'localhost', recipe: 'good' });
  server = await startHttp2Server(serverOptions);
  plain = await startHttp2Server({ ...serverOptions, extended: false });
  pin = await presentedPin(`http://127.0.0.1:${house.port}`, `wss://localhost:${server.port}/`);
});
afterAll(async () => {
  expect(bugsOf(house)).toEqual([]);
  await house[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
  await plain[Symbol.asyncDispose]();
});

const visit = async (to: Http2Server): Promise<{ readonly told: Told; readonly exchanges: readonly Exchange[] }> => {
  if ('missing' in found) throw new Error(found.missing);
  const before = house.all().length;
  const told = await browse({ path: found.path, proxyPort: house.port, port: to.port, pin });
  const exchanges = house.all().slice(before);
  return { told, exchanges: exchanges.filter(({ target }) => target?.port === to.port) };
};

const socketOf = (exchanges: readonly Exchange[]): Exchange => {
  const socket = exchanges.find(({ kind }) => kind === 'websocket');
  if (!socket) throw new Error(`no WebSocket among ${exchanges.map(({ kind, target }) => `${kind} ${target?.path}`).join(', ')}`);
  return socket;
};

const armed = async <T>(fault: string, work: () => Promise<T>): Promise<T> => {
  const { choice } = await house.engine.control.arm(fault);
  try {
    return await work();
  } finally {
    await house.engine.control.disarm(choice.key);
  }
};

describe.skipIf('missing' in found)('Chromium at a server of HTTP/2', () => {
  it('opens its WebSocket by extended CONNECT, recorded as such on both legs, on the connection of its page', async () => {
    const { told, exchanges } = await visit(server);
    expect(told).toMatchObject({ opened: true, echoed: 'over HTTP/2', code: 1000 });
    const socket = socketOf(exchanges);
    const page = exchanges.find(({ target }) => target?.path === '/');
    expect(page).toMatchObject({ kind: 'http', outcome: 'answered', connection: socket.connection });
    expect(socket).toMatchObject({ client: { tls: { alpn: 'h2' } }, server: { tls: { alpn: 'h2' } }, status: 200 });
    expect(socket.heads.clientSent?.startLine).toBe('CONNECT /chat HTTP/2');
    expect(socket.heads.serverGot?.raw).toBe(socket.heads.clientSent?.raw);
    expect(socket.heads.clientGot?.startLine).toBe('HTTP/2 200');
    expect(socket.frames).toMatchObject({ fromClient: { messages: 1 }, fromServer: { messages: 1 } });
    expect(diagnose(socket)).toEqual([]);
  });

  it('opens it by HTTP/1.1 where the server does not know extended CONNECT', async () => {
    const { told, exchanges } = await visit(plain);
    expect(told).toMatchObject({ opened: true, echoed: 'over HTTP/2' });
    const socket = socketOf(exchanges);
    expect(socket).toMatchObject({ client: { tls: { alpn: 'http/1.1' } }, status: 101 });
    expect(diagnose(socket)).toEqual([]);
  });

  it('tells its page of another status', async () => {
    const { told, exchanges } = await armed('status:code=503', () => visit(server));
    expect(told).toMatchObject({ opened: false, code: 1006 });
    expect(told.console.join()).toContain('Unexpected response code: 503');
    expect(diagnose(socketOf(exchanges))[0]?.code).toBe('server.overloaded');
  });

  it('refuses a bad certificate on the connection that it offers HTTP/2 on', async () => {
    await expect(armed('bad-cert:kind=expired', () => visit(server))).rejects.toThrow('ERR_CERT_');
    expect(house.all().findLast(({ target }) => target?.port === server.port)).toMatchObject({
      client: { hello: { alpn: expect.arrayContaining(['h2']) } },
      server: { tls: { alpn: 'h2' } },
      applied: [{ id: 'bad-cert' }],
    });
  });

  it('waits for an answer that is held back', async () => {
    const { told, exchanges } = await armed('stall-answer:ms=400', () => visit(server));
    expect(told).toMatchObject({ opened: true, echoed: 'over HTTP/2' });
    expect(socketOf(exchanges).client.timings.response).toBeGreaterThanOrEqual(390);
  });
});

/** One WebSocket of a Firefox that trusts shakedown's CA, and what is on record of that server since. */
const visitByFirefox = async (to: Http2Server) => {
  const before = house.all().length;
  const outcome = await withFirefox('path' in firefox ? firefox.path : '', {
    url: `wss://localhost:${to.port}/chat`,
    proxy: `http://127.0.0.1:${house.port}`,
    ca: house.ca,
    timeoutMs: 30_000,
  });
  const exchanges = house.all().slice(before);
  return { outcome, exchanges: exchanges.filter(({ target }) => target?.port === to.port) };
};

// Firefox asks for HTTP/2 on the WebSocket's own first connection, without a page before it.
describe.skipIf('missing' in firefox || 'missing' in certutil)('Firefox at a server of HTTP/2', { timeout: 120_000 }, () => {
  it('opens its WebSocket by extended CONNECT at once, recorded as such on both legs', async () => {
    const { outcome, exchanges } = await visitByFirefox(server);
    expect(outcome).toMatchObject({ opened: true, echoed: true });
    const socket = socketOf(exchanges);
    expect(socket).toMatchObject({ client: { tls: { alpn: 'h2' } }, server: { tls: { alpn: 'h2' } }, status: 200 });
    expect(socket.heads.clientSent?.headers).toContainEqual([':protocol', 'websocket']);
    expect(socket.heads.serverGot?.raw).toBe(socket.heads.clientSent?.raw);
  });

  it('opens it by HTTP/1.1 where the server does not know extended CONNECT', async () => {
    const { outcome, exchanges } = await visitByFirefox(plain);
    expect(outcome).toMatchObject({ opened: true, echoed: true });
    expect(socketOf(exchanges)).toMatchObject({ client: { tls: { alpn: 'http/1.1' } }, status: 101 });
  });

  it('tells its page of another status, and of a bad certificate, by the close code alone', async () => {
    const refused = await armed('status:code=503', () => visitByFirefox(server));
    expect(refused.outcome).toMatchObject({ opened: false, closeCode: 1006 });
    expect(socketOf(refused.exchanges).heads.clientGot?.startLine).toBe('HTTP/2 503');
    const untrusted = await armed('bad-cert:kind=expired', () => visitByFirefox(server));
    expect(untrusted.outcome).toMatchObject({ opened: false, closeCode: 1015 });
  });
});

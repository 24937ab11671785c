import { createSecureServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { catchOne, eventsOf } from '../control/hands/support.js';
import { type Http2Server, startHttp2Server } from '../support/http2-server.js';
import { testCertificate } from '../support/test-certificate.js';
import { echoed, hello, recordedBy } from './support/forced.js';
import { bugsOf, type House, startHouse } from './support/house.js';
import { type Ask, callHttp2, extendedConnect, type Http2Caller } from './support/http2-caller.js';

let server: Http2Server;
let house: House;
let client: Http2Caller;
beforeAll(async () => {
  server = await startHttp2Server(testCertificate());
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  house = await startHouse({ insecure: ['127.0.0.1'] });
  client = await callHttp2({ proxyPort: house.port, originPort: server.port, ca: house.ca });
});
afterEach(async () => {
  await client[Symbol.asyncDispose]();
  expect(bugsOf(house)).toEqual([]);
  expect((await house.engine.control.holds()).held).toEqual([]);
  await house[Symbol.asyncDispose]();
});

const handshake = (): Ask => client.ask(extendedConnect(`127.0.0.1:${server.port}`, { origin: 'https://app.example' }));
const page = (): Ask => client.ask({ ':path': '/' });

/** Asks, and resolves with what is held of it. */
const caught = async (at: 'request' | 'response', ask: () => Ask = handshake) => {
  let asked: Ask | undefined;
  const held = await catchOne(house, { at }, () => {
    asked = ask();
  });
  return { held, asked: asked as Ask };
};
const echoes = async (asked: Ask): Promise<void> => {
  expect((await asked.answer)[':status']).toBe(200);
  asked.stream.write(hello);
  expect(await asked.bytes(echoed.length)).toEqual(echoed);
};
const release = (id: string, verdict: Parameters<House['engine']['control']['release']>[1]) => house.engine.control.release(id, verdict);

describe('a request on a stream of HTTP/2 that is held', () => {
  it('reaches the server only when it is let go, as it was', async () => {
    const before = server.seen.length;
    const { held, asked } = await caught('request');
    expect(held.head).toMatch(/^CONNECT \/chat HTTP\/2\r\n:protocol: websocket\r\n/);
    expect(server.seen.length).toBe(before);
    await release(held.id, { type: 'pass' });
    await echoes(asked);
    expect(server.seen.length).toBe(before + 1);
    expect(house.all()[0]).toMatchObject({ applied: [], heads: { serverGot: { raw: held.head } } });
    expect(eventsOf(house, 'released')).toMatchObject([{ held: held.id, how: 'passed', why: 'asked' }]);
  });

  it('goes on in other words', async () => {
    const { held, asked } = await caught('request');
    const raw = (held.head ?? '').replace('CONNECT /chat ', 'CONNECT /other ').replace('\r\n\r\n', '\r\nx-added: by hand\r\n\r\n');
    await release(held.id, { type: 'edit-head', raw });
    await echoes(asked);
    expect(server.seen.at(-1)).toMatchObject({ ':path': '/other', 'x-added': 'by hand', origin: 'https://app.example' });
    const [exchange] = house.all();
    expect([exchange?.heads.clientSent?.raw, exchange?.heads.serverGot?.raw]).toEqual([held.head, raw]);
    expect(exchange?.applied).toMatchObject([{ id: 'by-hand', stage: 'request', leg: 'server', before: held.head, after: raw }]);
  });

  it('that is dropped resets its stream, of which the server never hears, and the others go on', async () => {
    const before = server.seen.length;
    const { held, asked } = await caught('request');
    const behind = page();
    const over = new Promise((resolve) => asked.stream.once('close', resolve));
    await release(held.id, { type: 'drop' });
    await over;
    expect(asked.stream.rstCode).toBe(8);
    expect((await behind.body).toString()).toContain('a page over HTTP/2');
    expect(server.seen.length).toBe(before);
    expect(house.all()[0]?.applied).toMatchObject([{ id: 'by-hand', params: { act: 'drop' } }]);
  });

  it('has what the client begins behind it wait, and streams that are open go on', async () => {
    const open = handshake();
    await open.answer;
    const { held, asked } = await caught('request');
    const [get, other] = [page(), handshake()];
    const later = client.ask({ ':method': 'POST', ':path': '/' }, 'a body that waits, too');
    await echoes(open);
    expect(
      house
        .all()
        .slice(2)
        .map(({ heads }) => heads.serverGot),
    ).not.toContainEqual(expect.anything());
    await release(held.id, { type: 'pass' });
    for (const one of [asked, other]) await echoes(one);
    expect((await get.body).toString()).toContain('a page over HTTP/2');
    expect((await later.body).toString()).toBe('a body that waits, too');
    for (const one of [open, asked, other]) one.stream.close();
    const exchanges = await recordedBy(house, client.localPort, 5);
    expect(exchanges.map(({ kind }) => kind)).toEqual(['websocket', 'websocket', 'http', 'websocket', 'http']);
    expect(exchanges.map(({ client, server: leg }) => client.bytesIn === leg?.bytesOut)).toEqual(Array(5).fill(true));
  });

  it('is let go when its client gives it up, and so is the whole connection when that ends', async () => {
    const first = await caught('request');
    first.asked.stream.close(8);
    await house.event((event) => event.type === 'released' && event.held === first.held.id);
    const second = await caught('request');
    client.session.destroy();
    await house.event((event) => event.type === 'released' && event.held === second.held.id);
    expect(eventsOf(house, 'released')).toMatchObject([
      { how: 'passed', why: 'left' },
      { how: 'passed', why: 'left' },
    ]);
    await recordedBy(house, client.localPort, 2);
  });

  it('that somebody kills ends without the server', async () => {
    const before = server.seen.length;
    const { held, asked } = await caught('request');
    const behind = page();
    const over = new Promise((resolve) => asked.stream.once('close', resolve));
    await house.engine.control.kill(held.exchange);
    await over;
    expect((await behind.answer)[':status']).toBe(200);
    expect(server.seen.length).toBe(before);
  });

  it('gets what is armed when it goes on', async () => {
    const { held, asked } = await caught('request');
    await house.engine.control.arm('wrong-origin:value=https://evil.example');
    await release(held.id, { type: 'pass' });
    await echoes(asked);
    expect(server.seen.at(-1)?.origin).toBe('https://evil.example');
    expect(house.all()[0]?.applied).toMatchObject([{ id: 'wrong-origin' }]);
  });
});

describe('an answer on a stream of HTTP/2 that is held', () => {
  it('that is let go opens the WebSocket, while other streams go on', async () => {
    const { held, asked } = await caught('response');
    expect(held.head).toMatch(/^HTTP\/2 200\r\n/);
    expect((await page().body).toString()).toContain('a page over HTTP/2');
    await release(held.id, { type: 'pass' });
    await echoes(asked);
    expect(house.all()[0]).toMatchObject({ outcome: 'open', applied: [], heads: { clientGot: { raw: held.head } } });
  });

  it('is changed into a refusal with a body', async () => {
    const { held, asked } = await caught('response');
    await release(held.id, { type: 'edit-head', raw: 'HTTP/2 403\r\ncontent-length: 5\r\n\r\nno !\n' });
    expect((await asked.answer)[':status']).toBe(403);
    expect((await asked.bytes(5)).toString()).toBe('no !\n');
    asked.stream.close();
    const [exchange] = await recordedBy(house, client.localPort, 1);
    expect(exchange?.heads.serverSent?.raw).toBe(held.head);
    expect(exchange?.heads.clientGot?.raw).toBe('HTTP/2 403\r\ncontent-length: 5\r\n\r\n');
    const [first] = exchange ? diagnose(exchange).filter(({ cause }) => cause !== 'certificate') : [];
    expect(first?.culprit).toBe('somebody, by hand in shakedown');
  });

  it('that is dropped resets the stream on both legs', async () => {
    const { held, asked } = await caught('response');
    const over = new Promise((resolve) => asked.stream.once('close', resolve));
    await release(held.id, { type: 'drop' });
    await over;
    const [exchange] = await recordedBy(house, client.localPort, 1);
    expect(exchange?.heads.clientGot).toBeNull();
    expect(exchange?.applied).toMatchObject([{ id: 'by-hand', stage: 'response', params: { act: 'drop' } }]);
  });

  it('comes in front of what the server says meanwhile, its body and its reset', async () => {
    const origin = createSecureServer({ ...testCertificate(), settings: { enableConnectProtocol: true } });
    origin.on('connect', () => {});
    origin.on('stream', (stream) => {
      stream.respond({ ':status': 403 });
      stream.on('error', () => {});
      stream.write('origin not allowed', () => stream.destroy(new Error('it broke')));
    });
    await new Promise<void>((resolve) => origin.listen(0, '127.0.0.1', resolve));
    const { port } = origin.address() as AddressInfo;
    await using refused = await callHttp2({ proxyPort: house.port, originPort: port, ca: house.ca });
    const { held, asked } = await caught('response', () => refused.ask(extendedConnect(`127.0.0.1:${port}`)));
    // What the server has said in front of its answer to a PING has come.
    await new Promise((resolve) => refused.session.ping(resolve));
    await new Promise((resolve) => refused.session.ping(resolve));
    const over = new Promise((resolve) => asked.stream.once('close', resolve));
    expect(house.now(refused.localPort)[0]?.server?.end).toBeUndefined();
    await release(held.id, { type: 'pass' });
    expect((await asked.answer)[':status']).toBe(403);
    expect((await asked.bytes(18)).toString()).toBe('origin not allowed');
    const [exchange] = await recordedBy(house, refused.localPort, 1);
    expect(exchange?.server?.end).toMatchObject({ how: 'reset', by: 'peer', code: 'H2_INTERNAL_ERROR' });
    await over;
    expect(asked.stream.rstCode).toBe(2);
    origin.close();
  });

  it('is let go when its client leaves', async () => {
    const { held, asked } = await caught('response');
    asked.stream.close(8);
    await house.event((event) => event.type === 'released' && event.held === held.id);
    expect(eventsOf(house, 'released')).toMatchObject([{ how: 'passed', why: 'left' }]);
    await recordedBy(house, client.localPort, 1);
  });
});

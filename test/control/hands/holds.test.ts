import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/diagnosis/diagnose.js';
import { Problem } from '../../../src/model/problem.js';
import { bugsOf, type House, startHouse } from '../../proxy/support/house.js';
import { type EchoServer, startEchoServer } from '../../support/echo-server.js';
import { openRawClient, upgradeRequest } from '../../support/raw-client.js';
import { catchOne, clientOf, eventsOf, openClient } from './support.js';

let server: EchoServer;
let house: House;
beforeAll(async () => {
  server = await startEchoServer({ deflate: true });
});
afterAll(() => server.close());
beforeEach(async () => {
  house = await startHouse();
});
afterEach(async () => {
  expect(bugsOf(house)).toEqual([]);
  await house[Symbol.asyncDispose]();
});

const refusal = (call: Promise<unknown>): Promise<Problem> =>
  call.then(
    () => Promise.reject(new Error('it went well')),
    (error: unknown) => (error instanceof Problem ? error : Promise.reject(error)),
  );

describe('a request that is held', () => {
  it('reaches the server only when it is let go, as it was', async () => {
    const seen = server.seen.length;
    let client = null as ReturnType<typeof clientOf> | null;
    const held = await catchOne(house, { at: 'request', match: `host = 127.0.0.1` }, () => {
      client = clientOf(house, server.url);
    });
    expect(held).toMatchObject({ at: 'request', from: 'client', message: null, exchange: '1' });
    expect(held.head).toMatch(/^GET \/ HTTP\/1\.1\r\n(.+\r\n)+\r\n$/);
    expect(server.seen.length).toBe(seen);
    await house.engine.control.release(held.id, { type: 'pass' });
    if (client) await once(client.socket, 'open');
    expect(server.seen.length).toBe(seen + 1);
    expect(house.all()[0]?.heads.serverGot?.raw).toBe(held.head);
    expect(house.all()[0]?.applied).toEqual([]);
    expect(eventsOf(house, 'released')).toMatchObject([{ held: held.id, how: 'passed', why: 'asked' }]);
  });

  it('goes on in other words, which the record tells from those that came', async () => {
    let client = null as ReturnType<typeof clientOf> | null;
    const held = await catchOne(house, { at: 'request' }, () => {
      client = clientOf(house, server.url);
    });
    const raw = (held.head ?? '').replace('GET / ', 'GET /other ').replace('\r\n\r\n', '\r\nX-Added: by hand\r\n\r\n');
    await house.engine.control.release(held.id, { type: 'edit-head', raw });
    if (client) await once(client.socket, 'open');
    expect(server.seen.at(-1)?.url).toBe('/other');
    expect(server.seen.at(-1)?.rawHeaders).toContain('by hand');
    const [exchange] = house.all();
    expect(exchange?.heads.clientSent?.raw).toBe(held.head);
    expect(exchange?.heads.serverGot?.raw).toBe(raw);
    expect(exchange?.applied).toMatchObject([{ id: 'by-hand', stage: 'request', leg: 'server', before: held.head, after: raw }]);
  });

  it('that is dropped ends both legs with a reset', async () => {
    const seen = server.seen.length;
    using client = await openRawClient({
      target: { host: '127.0.0.1', port: server.port },
      via: { type: 'connect', proxy: { host: '127.0.0.1', port: house.port } },
    });
    const held = await catchOne(house, { at: 'request' }, () => void client.send(upgradeRequest({ host: '127.0.0.1', port: server.port })));
    await house.engine.control.release(held.id, { type: 'drop' });
    expect((await client.ended).how).toBe('reset');
    await house.event(({ type }) => type === 'closed');
    const [exchange] = house.all();
    expect(exchange?.applied).toMatchObject([{ id: 'by-hand', params: { act: 'drop' } }]);
    expect(server.seen.length).toBe(seen);
  });

  it('is let go when its client leaves', async () => {
    const client = await openRawClient({
      target: { host: '127.0.0.1', port: server.port },
      via: { type: 'connect', proxy: { host: '127.0.0.1', port: house.port } },
    });
    const port = client.socket.localPort ?? 0;
    await catchOne(house, { at: 'request' }, () => void client.send(upgradeRequest({ host: '127.0.0.1', port: server.port })));
    client.reset();
    await house.exchanges(port);
    expect((await house.engine.control.holds()).held).toEqual([]);
    expect(eventsOf(house, 'released')).toMatchObject([{ how: 'passed', why: 'left' }]);
  });

  it('goes on by itself when its time is up, and when its hold is ended', async () => {
    await house.engine.control.hold({ at: 'request', ms: 20, times: 1 });
    const one = await openClient(house, server.url);
    let other = null as ReturnType<typeof clientOf> | null;
    const held = await catchOne(house, { at: 'request' }, () => {
      other = clientOf(house, server.url);
    });
    await house.engine.control.unhold(held.hold);
    if (other) await once(other.socket, 'open');
    expect(eventsOf(house, 'released').map(({ why }) => why)).toEqual(['time', 'unheld']);
    one.socket.terminate();
    other?.socket.terminate();
  });
});

describe('an answer that is held', () => {
  it('can be matched by what the server said, and changed into a refusal with a body', async () => {
    let client = null as ReturnType<typeof clientOf> | null;
    const held = await catchOne(house, { at: 'response', match: 'status = 101' }, () => {
      client = clientOf(house, server.url);
    });
    expect(held.head).toMatch(/^HTTP\/1\.1 101 /);
    const answered = client && once(client.socket, 'unexpected-response');
    await house.engine.control.release(held.id, {
      type: 'edit-head',
      raw: 'HTTP/1.1 403 Forbidden\r\nContent-Length: 5\r\nConnection: close\r\n\r\nno !\n',
    });
    const [, response] = (await answered) ?? [];
    expect(response.statusCode).toBe(403);
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toBe('no !\n');
    const [exchange] = house.all();
    expect(exchange?.heads.serverSent?.raw).toBe(held.head);
    const [first] = exchange ? diagnose(exchange) : [];
    expect(first?.culprit).toBe('somebody, by hand in shakedown');
    client?.socket.terminate();
  });

  it('that is let go opens the WebSocket, and messages cross byte for byte', async () => {
    let client = null as ReturnType<typeof clientOf> | null;
    const held = await catchOne(house, { at: 'response' }, () => {
      client = clientOf(house, server.url);
    });
    await house.engine.control.release(held.id, { type: 'pass' });
    if (!client) throw new Error('no client');
    await once(client.socket, 'open');
    client.socket.send('hello');
    expect(await client.next()).toEqual(['hello']);
    expect(house.all()[0]).toMatchObject({ outcome: 'open', applied: [], given: {} });
    client.socket.close();
    await client.closed;
  });
});

describe('a message that is held', () => {
  it.each([[false], [true]])('goes on changed, and those behind it wait for it (compression: %s)', async (deflate) => {
    const client = await openClient(house, server.url, { deflate });
    client.socket.send('before');
    expect(await client.next()).toEqual(['before']);
    const held = await catchOne(house, { at: 'message', from: 'client', match: 'message ~ secret' }, () => {
      for (const text of ['one', 'the secret', 'three', 'four']) client.socket.send(text);
    });
    expect(Buffer.from(held.message?.bytes ?? []).toString()).toBe('the secret');
    expect(await client.next()).toEqual(['one']);
    await house.engine.control.release(held.id, { type: 'edit-message', message: { type: 'text', bytes: Buffer.from('nothing') } });
    expect(await client.next(3)).toEqual(['nothing', 'three', 'four']);
    client.socket.close(1000);
    expect(await client.closed).toEqual([1000, '']);
    expect(house.all()[0]?.applied).toMatchObject([
      {
        id: 'by-hand',
        stage: 'message',
        leg: 'server',
        before: 'text message, 10 bytes: the secret',
        after: 'text message, 7 bytes: nothing',
      },
    ]);
  });

  it('is dropped, and the rest arrives', async () => {
    const client = await openClient(house, server.url, { deflate: true });
    const held = await catchOne(house, { at: 'message', from: 'server' }, () => {
      for (const text of ['one', 'two']) client.socket.send(text);
    });
    await house.engine.control.release(held.id, { type: 'drop' });
    expect(await client.next()).toEqual(['two']);
    client.socket.close();
    await client.closed;
  });

  it('keeps back the Close behind it, and lets pings and pongs pass', async () => {
    const client = await openClient(house, server.url);
    const held = await catchOne(house, { at: 'message', from: 'client' }, () => client.socket.send('held'));
    client.socket.ping('still there?');
    expect(String((await once(client.socket, 'pong'))[0])).toBe('still there?');
    client.socket.close(1000);
    client.socket.ping = () => {};
    await house.engine.control.release(held.id, { type: 'pass' });
    expect(await client.next()).toEqual(['held']);
    expect(await client.closed).toEqual([1000, '']);
    expect(house.all()[0]?.applied).toEqual([]);
  });

  it('is let go when its client leaves without a word', async () => {
    const client = await openClient(house, server.url);
    await catchOne(house, { at: 'message', from: 'client' }, () => client.socket.send('held'));
    client.socket.terminate();
    await house.event(({ type }) => type === 'closed');
    expect((await house.engine.control.holds()).held).toEqual([]);
    expect(eventsOf(house, 'released')).toMatchObject([{ how: 'passed', why: 'left' }]);
  });

  it('is caught on a WebSocket that was open before, and on no other one', async () => {
    const [one, other] = [await openClient(house, server.url), await openClient(house, server.url)];
    const held = await catchOne(house, { at: 'message', match: 'id = 2', from: 'client' }, () => {
      one.socket.send('of the first');
      other.socket.send('of the second');
    });
    expect(held.exchange).toBe('2');
    expect(await one.next()).toEqual(['of the first']);
    await house.engine.control.release(held.id, { type: 'pass' });
    expect(await other.next()).toEqual(['of the second']);
    // The first one never left the fast path.
    expect(eventsOf(house, 'detour').map(({ exchange }) => exchange)).toEqual(['2']);
    for (const { socket } of [one, other]) socket.terminate();
  });
});

describe('bounds and bad use', () => {
  it('a hundred are held at one time, and the next one goes on and says so', async () => {
    const clients = await Promise.all(Array.from({ length: 101 }, () => openClient(house, server.url)));
    await house.engine.control.hold({ at: 'message', from: 'client' });
    for (const { socket } of clients) socket.send('x');
    const failed = await house.event(({ type }) => type === 'fault-failed');
    expect(failed).toMatchObject({ id: 'by-hand', message: expect.stringContaining('100 things are held') });
    expect((await house.engine.control.holds()).held).toHaveLength(100);
    await house.engine.control.unhold('hold-1');
    await Promise.all(clients.map((client) => client.next()));
    for (const { socket } of clients) socket.terminate();
  });

  it.each([
    [{ at: 'request', match: 'status = 101' }, /status is known only later/],
    [{ at: 'request', match: 'message ~ x' }, /before any message comes/],
    [{ at: 'response', match: 'close.code = 1000' }, /not known while the traffic passes/],
    [{ at: 'message', match: 'nonsense = 1' }, /nonsense/],
  ] as const)('a match that cannot decide is refused: %j', async (spec, why) => {
    expect((await refusal(house.engine.control.hold(spec))).message).toMatch(why);
    expect((await house.engine.control.holds()).holds).toEqual([]);
  });

  it('a head that a peer would wait on is refused, and is still held', async () => {
    let client = null as ReturnType<typeof clientOf> | null;
    const held = await catchOne(house, { at: 'request' }, () => {
      client = clientOf(house, server.url);
    });
    const release = (raw: string) => refusal(house.engine.control.release(held.id, { type: 'edit-head', raw }));
    expect((await release('GET / HTTP/1.1\r\n')).message).toMatch(/no blank line/);
    expect((await release('GET / HTTP/1.1\r\n\r\nmore')).message).toMatch(/behind its blank line/);
    expect((await release('GET /é€ HTTP/1.1\r\n\r\n')).message).toMatch(/no bytes/);
    const message = { type: 'text', bytes: Buffer.from('x') } as const;
    expect((await refusal(house.engine.control.release(held.id, { type: 'edit-message', message }))).message).toMatch(/is a head/);
    expect((await refusal(house.engine.control.release('held-99', { type: 'pass' }))).code).toBe('SHK_NOT_FOUND');
    expect((await refusal(house.engine.control.unhold('hold-99'))).code).toBe('SHK_NOT_FOUND');
    expect((await house.engine.control.holds()).held).toHaveLength(1);
    await house.engine.control.release(held.id, { type: 'pass' });
    if (client) await once(client.socket, 'open');
    client?.socket.terminate();
  });
});

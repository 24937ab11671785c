import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createEventHub } from '../../../src/control/http/event-hub.js';
import type { Event } from '../../../src/model/event.js';
import { type EchoServer, startEchoServer } from '../../support/echo-server.js';
import { openClient } from '../hands/support.js';
import { type ControlHouse, startControlHouse } from './support.js';

let api: ControlHouse;
let server: EchoServer;
beforeAll(async () => {
  server = await startEchoServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  api = await startControlHouse();
});
afterEach(() => api[Symbol.asyncDispose]());

const converse = async (): Promise<void> => {
  const client = await openClient(api.house, server.url);
  client.socket.send('hello');
  await client.next();
  client.socket.close(1000);
  await client.closed;
};
const ofType =
  (type: string) =>
  ({ event }: { readonly event: Event }) =>
    event.type === type;

describe('GET /v1/events', () => {
  it('tells every event as `start --json` prints it, bytes included, numbered in their order', async () => {
    const following = await api.follow('/v1/events');
    expect(following.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    await converse();
    await following.next(ofType('closed'));
    const types = following.all.map(({ event }) => event.type);
    for (const type of ['opened', 'target', 'head', 'bytes', 'end', 'closed']) expect(types).toContain(type);
    const own = api.house.events.filter(({ exchange }) => exchange !== '');
    expect(following.all.filter(({ event }) => event.type !== 'bytes').map(({ event }) => event)).toEqual(JSON.parse(JSON.stringify(own)));
    const numbers = following.all.map(({ id }) => Number(id));
    expect(numbers).toEqual([...numbers].sort((one, other) => one - other));
    following.end();
  });

  it('goes on for a reader that comes back, without a gap and without a repetition', async () => {
    const first = await api.follow('/v1/events?since=0&bytes=false');
    expect((await first.next(ofType('listening'))).event.control).toBe(`http://127.0.0.1:${api.port}`);
    await converse();
    const head = await first.next(ofType('head'));
    first.end();
    await api.house.event(({ type }) => type === 'closed');
    for (const again of [
      await api.follow('/v1/events?bytes=false', { 'last-event-id': head.id }),
      await api.follow(`/v1/events?bytes=false&since=${head.id}`),
    ]) {
      await again.next(ofType('closed'));
      expect(again.all[0]?.id).toBe(String(Number(head.id) + 1));
      expect(again.all.filter(ofType('head'))).toHaveLength(3);
      again.end();
    }
  });

  it('tells only of exchanges that fit, and of what belongs to the process', async () => {
    const following = await api.follow('/v1/events?filter=id%20%3D%202');
    await converse();
    await converse();
    await api.house.engine.control.arm('drop-upgrade');
    await following.next(({ event }) => event.type === 'closed' && event.exchange === '2');
    expect(new Set(following.all.map(({ event }) => event.exchange))).toEqual(new Set(['', '2']));
    following.end();
  });

  it('adds what is wrong with an exchange, for who asks for verdicts', async () => {
    const following = await api.follow('/v1/events?verdicts=true&bytes=false');
    const plain = await api.follow('/v1/events?bytes=false');
    await api.house.engine.control.arm('drop-upgrade:times=1');
    await converse().catch(() => {});
    await following.next(ofType('closed'));
    const verdict = await following.next(ofType('verdict'));
    expect(verdict.event).toMatchObject({
      exchange: expect.stringMatching(/^[0-9]+$/),
      findings: [
        { code: 'intermediary.upgrade-stripped', cause: 'intermediary', severity: 'error', culprit: "shakedown's fault drop-upgrade" },
      ],
    });
    await plain.next(ofType('closed'));
    expect(plain.all.some(ofType('verdict'))).toBe(false);
    following.end();
    plain.end();
  });

  it('leaves out for a reader that does not read, tells it how many, and holds nobody up', async () => {
    const socket = connect({ port: api.port, host: '127.0.0.1' });
    socket.write(`GET /v1/events HTTP/1.1\r\nHost: 127.0.0.1:${api.port}\r\nAuthorization: Bearer ${api.token}\r\n\r\n`);
    await new Promise<void>((resolve) =>
      socket.once('data', () => {
        socket.pause();
        resolve();
      }),
    );
    const client = await openClient(api.house, server.url);
    const memory = process.memoryUsage().rss;
    const big = Buffer.alloc(1024 * 1024, 'x');
    for (let round = 0; round < 15; round++) {
      client.socket.send(big);
      await client.next();
    }
    expect(process.memoryUsage().rss - memory).toBeLessThan(200 * 1024 * 1024);
    let heard = '';
    const told = new Promise<void>((resolve) => {
      socket.on('data', (text) => {
        heard = (heard + String(text)).slice(-200_000);
        if (/events were left out here/.test(heard)) resolve();
      });
    });
    socket.resume();
    const nudge = setInterval(() => client.socket.ping(), 20);
    await told;
    clearInterval(nudge);
    socket.destroy();
    client.socket.terminate();
  });

  it('lets sixteen follow, and no more', async () => {
    const readers = await Promise.all(Array.from({ length: 16 }, () => api.follow('/v1/events')));
    expect((await api.ask('GET', '/v1/events')).status).toBe(503);
    readers[0]?.end();
    let status = 503;
    while (status === 503) {
      const next = await api.follow('/v1/events');
      status = next.headers['content-type'] === 'text/event-stream; charset=utf-8' ? 200 : 503;
      next.end();
    }
    for (const reader of readers) reader.end();
  });
});

describe('what is kept for readers that come back', () => {
  it('is bounded, and a reader that missed more is told so', () => {
    const hub = createEventHub({ now: () => 0 });
    const event: Event = { at: '2026-01-01T00:00:00.000000Z', exchange: '1', type: 'fault-failed', id: 'x', message: 'y'.repeat(1000) };
    for (let count = 0; count < 30_000; count++) hub.event(event);
    const written: string[] = [];
    const response = {
      writeHead: () => response,
      write: (text: string) => written.push(text) > 0,
      once: () => response,
      writableLength: 0,
      end: () => {},
    };
    hub.stream(response as never, { since: 1, bytes: true, verdicts: false, wants: () => true });
    expect(written.join('').length).toBeLessThan(9 * 1024 * 1024);
    expect(written[1]).toContain('no longer kept here');
    expect(written.at(-1)).toMatch(/^id: 30000\n/);
    hub.close();
  });
});

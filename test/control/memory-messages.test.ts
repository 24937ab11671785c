import { expect, it } from 'vitest';
import { createMemoryMessages } from '../../src/control/memory-messages.js';
import { startFold } from '../../src/fold/fold.js';
import type { Event, EventBody } from '../../src/model/event.js';
import { memoryRecorder } from '../../src/recording/memory-recorder.js';
import { encodeFrame } from '../../src/wire/frame-encoder.js';
import { request } from '../views/fake-control.js';

const switching =
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n';
const at = '2026-01-31T12:00:00.000000Z';

/** What an engine with --no-record holds of one WebSocket. */
const begin = () => {
  const recorder = memoryRecorder({ clock: { now: () => 0 }, shakedown: '0.1.0' });
  const fold = startFold('1');
  const tell = (body: EventBody) => {
    const event = { at, exchange: '1', ...body } as Event;
    recorder.event(event);
    fold.apply(event);
  };
  tell({ type: 'opened', connection: 1, peer: { address: '127.0.0.1', port: 1 }, entrance: 'reverse' });
  tell({ type: 'target', target: { scheme: 'ws', host: 'a.example', port: 80, path: '/' }, kind: 'websocket' });
  tell({ type: 'head', site: 'clientSent', raw: request() });
  tell({ type: 'head', site: 'serverSent', raw: switching });
  tell({ type: 'head', site: 'clientGot', sameAs: 'serverSent' });
  const send = (payload: string | Buffer): void => {
    const frame = encodeFrame({ fin: true, opcode: 1, payload: Buffer.from(payload) });
    recorder.bytes('1', 'server', frame, 0);
    fold.bytes('server', frame, 0);
  };
  const messages = createMemoryMessages(recorder.source, (id) => (id === '1' ? fold.exchange : undefined));
  return { send, messages };
};

it('tells the messages of a recording in memory, by number, whole, and by a text', async () => {
  const { send, messages } = begin();
  for (let n = 0; n < 2000; n++) send(`message ${n}`);
  const { total, messages: page } = await messages.messages('1', { from: 1990, limit: 5 });
  expect(total).toBe(2000);
  expect(page.map(({ number, start }) => [number, Buffer.from(start).toString()])).toEqual(
    [1990, 1991, 1992, 1993, 1994].map((n) => [n, `message ${n}`]),
  );
  expect(Buffer.from((await messages.message('1', 7))?.bytes ?? []).toString()).toBe('message 7');
  expect(await messages.message('1', 2000)).toBeNull();
  expect(await messages.searchMessages('1', 'MESSAGE 199')).toMatchObject({
    numbers: [199, 1990, 1991, 1992, 1993, 1994, 1995, 1996, 1997, 1998, 1999],
  });
  expect(await messages.messages('2', { from: 0, limit: 5 })).toEqual({ total: 0, messages: [] });
});

it('steps aside for the river after each piece', async () => {
  const { send, messages } = begin();
  for (let n = 0; n < 200; n++) send(Buffer.alloc(100_000, 'x'));
  let turns = 0;
  let over = false;
  const count = (): void => {
    turns++;
    if (!over) setImmediate(count);
  };
  setImmediate(count);
  expect((await messages.messages('1', { from: 0, limit: 1 })).total).toBe(200);
  over = true;
  // Twenty megabytes in slabs of a quarter each.
  expect(turns).toBeGreaterThan(60);
});

it('says so when the beginning was dropped from memory', async () => {
  const { send, messages } = begin();
  for (let n = 0; n < 700; n++) send(`${String(n).padStart(4)} ${'x'.repeat(100_000)}`);
  const page = await messages.messages('1', { from: 0, limit: 700 });
  const kept = page.messages.map(({ start }) => Number.parseInt(Buffer.from(start).toString(), 10));
  expect(kept.length).toBeGreaterThan(400);
  expect(kept).toEqual(kept.map((_, index) => 700 - kept.length + index));
  expect(page.total).toBe(kept.length);
  expect(page.trouble).toBe('Earlier messages are no longer in memory (--no-record); they are counted from the first that is there.');
});

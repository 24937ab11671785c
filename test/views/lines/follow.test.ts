import { expect, test } from 'vitest';
import type { Event } from '../../../src/model/event.js';
import { followEvents } from '../../../src/views/lines/follow.js';
import { fakeControl, refused } from '../fake-control.js';

const at = '2026-01-31T12:00:00.123456Z';
const notice = (text: string): Event => ({ at, exchange: '', type: 'notice', level: 'info', text });
const closed: Event = { at, exchange: 'x-refused', type: 'closed', client: { in: 0, out: 0 }, server: null };

test('lines come in the order of their events, although some wait for the exchange', async () => {
  const control = fakeControl([refused()]);
  const lines: string[] = [];
  const stop = followEvents(control, { write: (line) => lines.push(line), colour: false });
  control.emit(closed);
  control.emit(notice('after it'));
  await stop();
  control.emit(notice('too late'));
  expect(lines.map((line) => line.slice(14))).toEqual([
    expect.stringContaining('refused  403 wss://api.example.com/socket · origin.rejected'),
    'info: after it',
  ]);
});

test('an engine that is gone costs a line and not the program', async () => {
  const control = fakeControl([refused()]);
  const lines: string[] = [];
  const stop = followEvents(control, { write: (line) => lines.push(line), colour: false });
  control.die();
  control.emit(closed);
  await stop();
  expect(lines).toEqual([expect.stringContaining('error: an event of type closed could not be shown: the worker has ended')]);
});

test('what comes faster than it can be told is counted, not kept', async () => {
  const control = fakeControl();
  const lines: string[] = [];
  const stop = followEvents(control, { write: (line) => lines.push(line), colour: false });
  for (let index = 0; index < 1500; index++) control.emit(notice(String(index)));
  await new Promise(setImmediate);
  control.emit(notice('last'));
  await stop();
  expect(lines).toHaveLength(1002);
  expect(lines.join('\n')).toContain('500 events came too fast to be shown here');
  expect(lines.at(-1)).toContain('info: last');
});

test('exchanges that are to be hidden get no line, and their neighbours all of theirs', async () => {
  const control = fakeControl([refused('x-own', 'update.googleapis.com'), refused('x-app', 'api.example.com')]);
  const lines: string[] = [];
  const hides = ({ host }: { readonly host: string }) => host === 'update.googleapis.com';
  const stop = followEvents(control, { write: (line) => lines.push(line), colour: false, hides });
  const over = { at, type: 'closed', client: { in: 0, out: 0 }, server: null } as const;
  for (const [exchange, host] of [
    ['x-own', 'update.googleapis.com'],
    ['x-app', 'api.example.com'],
  ] as const) {
    control.emit({ at, exchange, type: 'target', target: { scheme: 'wss', host, port: 443, path: '/socket' }, kind: 'websocket' });
  }
  control.emit({ ...over, exchange: 'x-own' });
  control.emit({ ...over, exchange: 'x-app' });
  control.emit(notice('for all'));
  await stop();
  expect(lines.map((line) => line.slice(14))).toEqual([
    'x-app  opening  wss://api.example.com/socket',
    expect.stringContaining('x-app  refused  403 wss://api.example.com/socket'),
    'info: for all',
  ]);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Event, EventBody } from '../../../src/model/event.js';
import { humanLine, wantsDetail } from '../../../src/views/lines/human.js';
import { failed, healthy, open, refused, request } from '../fake-control.js';
import { hostileText, obeyed } from '../hostile.js';

const at = '2026-01-31T12:00:00.123456Z';
const event = (body: EventBody, exchange = 'e1'): Event => ({ at, exchange, ...body });
const closed = event({ type: 'closed', client: { in: 1, out: 1 }, server: null });
const clientGot = event({ type: 'head', site: 'clientGot', sameAs: 'serverSent' });

/** The line without its time, which depends on where the test runs. */
const said = (...args: Parameters<typeof humanLine>) => humanLine(...args)?.replace(/^\d\d:\d\d:00\.123 {2}/, '');
const plain = { colour: false };

describe('lines of start --no-ui', () => {
  test('the first says where it listens and how to point an app there', () => {
    const listening: Event = {
      at,
      exchange: '',
      type: 'listening',
      proxy: 'http://127.0.0.1:8101',
      seed: 1,
      recording: '/tmp/a.jsonl',
      version: '0.1.0',
    };
    expect(said(listening, { ...plain, ca: '/tmp/ca.pem' })).toBe(
      "shakedown 0.1.0 listens on http://127.0.0.1:8101: set it as your app's HTTP or SOCKS proxy; for wss the app must trust /tmp/ca.pem · recording /tmp/a.jsonl · seed 1",
    );
  });

  test('a handshake is announced with its URL, a plain request is not', () => {
    const target = { scheme: 'wss', host: 'api.example.com', port: 443, path: '/socket' } as const;
    expect(said(event({ type: 'target', target, kind: 'websocket' }), plain)).toBe('e1  opening  wss://api.example.com/socket');
    expect(said(event({ type: 'target', target, kind: 'http' }), plain)).toBeUndefined();
  });

  test('a refusal names the status and the first finding, once its body has been read', () => {
    expect(said(clientGot, { ...plain, detail: refused() })).toBeUndefined();
    expect(said(closed, { ...plain, detail: refused() })).toBe(
      'e1  refused  403 wss://api.example.com/socket · origin.rejected: The server refused the handshake because of its Origin http://app.example.',
    );
  });

  test('a 101 is one line', () => {
    expect(said(clientGot, { ...plain, detail: open() })).toBe('e1  open     101 wss://live.example.com/ticker');
  });

  test('the end of a WebSocket counts the frames and names the close codes', () => {
    expect(said(closed, { ...plain, detail: healthy() })).toBe(
      'e1  closed   101 after 17 ms · client: 2 frames, 1000 normal closure "bye" · server: 1 frame, 1000 normal closure',
    );
  });

  test('an answer of our own is told once', () => {
    const own = event({ type: 'refused', status: 502, why: 'dial-failed', text: 'No connection to db.internal:443.' });
    expect(said(own, { ...plain, detail: failed() })).toBe(
      'e1  refused  502 by shakedown: No connection to db.internal:443. · url.refused: Nobody listens at db.internal:443.',
    );
    expect(said(clientGot, { ...plain, detail: failed() })).toBeUndefined();
    expect(said(closed, { ...plain, detail: failed() })).toBeUndefined();
  });

  test('an applied fault, an armed one and a notice have a line', () => {
    const fault = { id: 'drop-upgrade', params: {}, stage: 'request', leg: 'server', before: 'a', after: 'b' } as const;
    expect(said(event({ type: 'fault', fault }), plain)).toBe('e1  fault    drop-upgrade on the server leg');
    const choice = { key: 'k', fault: 'bad-cert', params: { kind: 'wrong-host' }, probability: 0.5, times: 3 };
    expect(said({ at, exchange: '', type: 'armed', choice }, plain)).toBe('armed  bad-cert:kind=wrong-host,probability=0.5,times=3');
    expect(said({ at, exchange: '', type: 'notice', level: 'warning', text: 'slow' }, plain)).toBe('warning: slow');
  });

  test('events that tell a user nothing have none', () => {
    for (const body of [
      { type: 'dial', host: 'h', port: 1 },
      { type: 'bytes', from: 'client', data: '' },
      { type: 'head', site: 'clientSent', raw: request() },
    ] as const) {
      expect(humanLine(event(body), plain)).toBeUndefined();
      expect(wantsDetail(event(body))).toBe(false);
    }
  });

  test('colour is there only when asked for', () => {
    expect(humanLine(closed, { colour: true, detail: refused() })).toContain('\x1b[31m');
    expect(humanLine(closed, { colour: false, detail: refused() })).not.toContain('\x1b');
  });

  test('no captured character reaches the terminal (T46, T47)', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const target = { scheme: 'wss', host: text, port: 443, path: text } as const;
        const detail = refused();
        const hostile = { ...detail, url: text, findings: detail.findings.map((one) => ({ ...one, code: text, title: text })) };
        const fault = { id: text, params: { a: text }, stage: 'request', leg: 'server', before: text, after: text } as const;
        const events: Event[] = [
          event({ type: 'target', target, kind: 'websocket' }, text),
          event({ type: 'fault', fault }),
          event({ type: 'fault-failed', id: text, message: text }),
          event({ type: 'refused', status: 502, why: 'dial-failed', text }),
          clientGot,
          closed,
          { at: text, exchange: '', type: 'notice', level: 'info', text },
          { at, exchange: '', type: 'disarmed', key: text, why: 'asked' },
        ];
        for (const one of events) expect(humanLine(one, { ...plain, detail: hostile }) ?? '').not.toMatch(obeyed);
      }),
    );
  });
});

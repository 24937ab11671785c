import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Event } from '../../src/model/event.js';
import { createMessageReader } from '../../src/wire/messages.js';
import { takeover } from '../wire/streams.js';
import { redacted } from './redacted.js';
import { createSession } from './session.js';

const MiB = 1024 * 1024;
const token = 'tok_8fK2mQ9xL4vR7nB3';
const bytesOf = (events: readonly Event[], from: 'client' | 'server' = 'server'): Buffer =>
  Buffer.concat(events.flatMap((event) => (event.type === 'bytes' && event.from === from ? [Buffer.from(event.data, 'base64')] : [])));

describe('a long message', () => {
  const filler = 'lorem ipsum dolor sit amet '.repeat(40_000);

  it('is searched in windows, and no secret escapes at their borders', async () => {
    const session = createSession({ request: [`Authorization: Bearer ${token}`] });
    let text = filler;
    for (let step = 0; step < 40; step++) text += `${'.'.repeat(MiB / 16 + step)}{"password":"swordfish-${step}"}${token}`;
    await session.say('server', text, { cuts: [10, MiB, 2 * MiB, 2 * MiB + 1] });
    await session.say('client', text, { maxFrame: 300_000 });
    const { events } = redacted(session.close());
    for (const from of ['client', 'server'] as const) {
      const [message] = createMessageReader({ from, limit: 8 * MiB }).push(bytesOf(events, from));
      const seen = Buffer.from(message?.bytes ?? []).toString();
      expect(seen).toHaveLength(text.length);
      expect(seen).not.toMatch(/swordfish|tok_8/);
      expect(seen.replace(/"password":"[^"]*"\}redacted-\w{8}xxx/g, '')).toBe(
        text.replace(/"password":"[^"]*"\}tok_8fK2mQ9xL4vR7nB3/g, ''),
      );
    }
  });

  it('may hold a secret that is longer than a window', async () => {
    const session = createSession();
    const secret = 'aB3_'.repeat(MiB / 2);
    await session.say('server', `{"token":"${secret}","rest":"stays"}`);
    const { events } = redacted(session.close());
    const text = bytesOf(events).subarray(10).toString();
    expect(text).not.toContain('aB3_');
    expect(text).toMatch(/","rest":"stays"\}$/);
    expect(text).toHaveLength(secret.length + 27);
  });
});

describe('what waits', () => {
  it('goes on in its order, and an endless message holds nobody up', async () => {
    const slow = createSession({ id: 'slow' });
    slow.chunk('server', Buffer.concat([Buffer.of(0x01, 20), Buffer.from('{"password":"mellon"')]));
    const slowStart = slow.events.length;
    const busy = createSession({ id: 'busy' });
    const megabyte = Buffer.alloc(MiB, 'a');
    for (let n = 0; n < 33; n++) busy.chunk('server', Buffer.concat([Buffer.of(0x82, 127, 0, 0, 0, 0, 0, 0x10, 0, 0), megabyte]));
    slow.chunk('server', Buffer.concat([Buffer.of(0x80, 20), Buffer.from(',"secret":"mellon 2"')]));
    await slow.say('server', 'later');
    const events = [...slow.events.slice(0, slowStart), ...busy.close(), ...slow.events.slice(slowStart), ...slow.close().slice(-1)];
    const { events: after, summary } = redacted(events);
    expect(after.map(({ exchange, type, at }) => [exchange, type, at])).toEqual(
      events.map(({ exchange, type, at }) => [exchange, type, at]),
    );
    expect(summary.blanked).toBe(1);
    const said = bytesOf(after.filter(({ exchange }) => exchange === 'slow')).toString('latin1');
    expect(said).toBe(`\x01\x14${'x'.repeat(20)}\x80\x14${'x'.repeat(20)}\x81\x05later`);
  });

  it('is a chunk only while a message in it is not whole', async () => {
    const session = createSession();
    await session.say('client', 'hello', { cuts: [4] });
    const { events } = redacted(session.close());
    expect(events).toEqual(session.events);
  });
});

describe('bodies', () => {
  const refused = (encoding: string, body: Uint8Array) => {
    const session = createSession({ status: '403 Forbidden', answer: [`Content-Encoding: ${encoding}`, `Content-Length: ${body.length}`] });
    session.chunk('server', body.subarray(0, 7));
    session.chunk('server', body.subarray(7));
    return redacted(session.close());
  };

  it('in gzip without a secret stay as they are', () => {
    const body = gzipSync('<h1>Forbidden</h1>');
    const { events, summary } = refused('gzip', body);
    expect(bytesOf(events)).toEqual(body);
    expect(summary.blanked).toBe(0);
  });

  it.each([
    ['gzip', gzipSync('{"token":"abc-123-DEF-456"}')],
    ['gzip', Buffer.from('no gzip at all')],
    ['zstd', Buffer.from('nobody here can read this')],
    ['gzip', gzipSync(Buffer.alloc(5 * MiB))],
  ])('in %s that hold a secret or cannot be read are blanked', (encoding, body) => {
    const { events, summary } = refused(encoding, body);
    expect(bytesOf(events).toString()).toBe('x'.repeat(body.length));
    expect(summary.blanked).toBe(1);
  });

  it('behind the chunks have trailers, which are searched too', () => {
    const session = createSession({ status: '403 Forbidden', answer: ['Transfer-Encoding: chunked'] });
    session.chunk('server', Buffer.from(`2\r\nok\r\n0\r\nX-Auth-Token: ${token}\r\n\r\n`));
    expect(bytesOf(redacted(session.close()).events).toString()).toMatch(/^2\r\nok\r\n0\r\nX-Auth-Token: redacted-\w{8}xxx\r\n\r\n$/);
  });
});

describe('a bomb', () => {
  it('of 100 MiB is blanked in little time, and what follows it too as far as it leans on it', async () => {
    const session = createSession({ deflate: true });
    await session.say('server', Buffer.alloc(100 * MiB, 'a'), { type: 'binary' });
    await session.say('server', JSON.stringify({ password: token }));
    const { events, summary } = redacted(session.close());
    const messages = createMessageReader({ from: 'server', deflate: takeover }).push(bytesOf(events));
    expect(summary.blanked).toBeGreaterThan(0);
    expect(messages).toHaveLength(2);
    expect(messages.map(({ bytes }) => Buffer.from(bytes).toString('latin1')).join('')).not.toContain(token);
  });
});

describe('texts that were made to be slow', () => {
  const long = (piece: string): string => piece.repeat(Math.ceil(MiB / 4 / piece.length)).slice(0, MiB / 4);
  const begin = ['-----BEGIN ', 'PRIVATE KEY-----'].join('');
  it.each([
    'key=',
    'key:',
    'token="',
    "token:'",
    '?token=a&',
    'token',
    'eyJ',
    'eyJ.',
    '://',
    '://a:a',
    'sk-',
    begin,
    'bearer ',
    'Basic aaaa',
    '<auth ',
    '<auth>aaaa',
    '"credentials":{',
    '"credentials":["',
    'token:      \n',
    '\\',
    '\\"',
    '%25',
    '\\u0041',
    '"token","value":"',
    '\nauthorization: a',
    'a',
    ' ',
    '\nx-auth-',
    '*',
  ])(
    'take time in proportion to their length: %j',
    async (piece) => {
      const events = (text: string): Event[] => {
        const session = createSession();
        session.emit({ type: 'refused', status: 500, why: 'loop', text });
        session.chunk('server', Buffer.concat([Buffer.of(0x81, 127, 0, 0, 0, 0, 0, 0x04, 0, 0), Buffer.from(text)]));
        return session.close();
      };
      const before = process.cpuUsage();
      redacted(events(long(piece)));
      const { user, system } = process.cpuUsage(before);
      expect((user + system) / 1e6).toBeLessThan(8);
    },
    60_000,
  );
});

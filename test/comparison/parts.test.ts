import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonDifference } from '../../src/comparison/json-difference.js';
import { contrastMessage } from '../../src/comparison/messages.js';
import { sameButNonces } from '../../src/comparison/nonces.js';
import { type Pairable, pairUp } from '../../src/comparison/pairs.js';
import { weights } from '../../src/comparison/weights.js';
import { rules } from '../../src/diagnosis/catalogue.js';
import { globMatches } from '../../src/wire/glob.js';
import type { Message } from '../../src/wire/messages.js';

describe('the table of weights', () => {
  it('goes from the likeliest to noise, and names findings that there are', () => {
    const rows = Object.values(weights);
    expect(rows.map(({ weight }) => weight)).toEqual(rows.map(({ weight }) => weight).sort((a, b) => b - a));
    const globs = rows.flatMap((row) => ('findings' in row ? row.findings : []));
    expect(globs.filter((glob) => !rules.some(({ code }) => globMatches(glob, code)))).toEqual([]);
  });
});

describe('nonces', () => {
  it.each([
    ['at 2026-01-31T09:05:00.123Z', 'at 2027-02-01T10:06:01.5Z', true],
    ['id 5f0c8f1e-1111-2222-3333-444455556666', 'id 6f0c8f1e-9999-2222-3333-444455556667', true],
    ['now 1700000000123', 'now 1700000000999', true],
    ['trace 0123456789abcdef0', 'trace fedcba98765432100', true],
    ['sid lv_VI97HAXpY6yYWAAAC', 'sid a9_XX97HBXpY6yYWBBBB', true],
    ['token eyJhbGciOiJIUzI1NiJ9aaaa', 'token eyJhbGciOiJIUzI1NiJ9bbbb', false],
    ['price 10', 'price 11', false],
    ['a 12345', 'a 12346', false],
  ])('%s / %s: %s', (a, b, same) => {
    expect(sameButNonces(a, b)).toBe(same);
  });

  it('are found in linear time', () => {
    const begun = performance.now();
    for (const piece of ['a', '1', 'aA1-', '2026-01-01T', '0123456789abcdef-', 'eyJ'])
      sameButNonces(piece.repeat(20_000), `${piece.repeat(20_000)}!`);
    expect(performance.now() - begun).toBeLessThan(2000);
  });
});

describe('JSON', () => {
  it.each([
    ['{"a":1,"b":2}', '{"b":2, "a":1}', 'same'],
    ['{"user":{"roles":["a","b"]}}', '{"user":{"roles":["a","c"]}}', { path: '$.user.roles[1]', small: false }],
    ['{"a":[1,2,3,4,5,6,7,8,9,10,11]}', '{"a":[1,2,0,4,5,6,7,8,9,10,12]}', { path: '$.a[2]', small: false }],
    ['{"id":1,"createdAt":"x"}', '{"id":2,"createdAt":"y"}', { path: '$.createdAt', small: true }],
    ['{"id":1,"name":"x"}', '{"id":2,"name":"y"}', { path: '$.name', small: false }],
    ['{"a":1}', '{"a":1,"__proto__":2}', { path: '$.__proto__', small: false }],
    ['{"a":1}', 'hello', undefined],
    ['3', '4', undefined],
  ])('%s and %s', (a, b, found) => {
    expect(jsonDifference(a, b)).toEqual(found);
  });

  it('of any depth', () => {
    const deep = (inner: string) => `${'['.repeat(5000)}${inner}${']'.repeat(5000)}`;
    expect(jsonDifference(deep('1'), deep('2'))).toMatchObject({ small: false });
  });

  it('differs in the same place whichever comes first', () => {
    fc.assert(
      fc.property(fc.json(), fc.json(), (a, b) => {
        expect(jsonDifference(b, a)).toEqual(jsonDifference(a, b));
      }),
    );
  });
});

describe('messages', () => {
  const message = (type: Message['type'], bytes: Uint8Array): Message => ({
    ...{ from: 'server', type, bytes, length: bytes.length, wireBytes: bytes.length + 2, frames: 1, cut: false, compressed: false },
  });
  it('binary ones show the bytes around the first that differs', () => {
    const bytes = (nth: number) => message('binary', Buffer.alloc(100, 7).fill(nth, 50, 51));
    expect(contrastMessage('m', bytes(1), bytes(2))).toEqual({
      kind: 'message',
      where: 'm',
      a: `binary, 100 bytes: …${'07'.repeat(8)}01${'07'.repeat(39)}…`,
      b: `binary, 100 bytes: …${'07'.repeat(8)}02${'07'.repeat(39)}…`,
      note: 'At byte 51.',
    });
  });
  it('a text is not the same as a binary one, and says the same however it was framed', () => {
    expect(contrastMessage('m', message('text', Buffer.from('a')), message('binary', Buffer.from('a')))?.kind).toBe('message');
    expect(contrastMessage('m', message('text', Buffer.from('a')), { ...message('text', Buffer.from('a')), frames: 9 })).toBeUndefined();
  });
});

describe('pairing', () => {
  const one = (url: string, kind: Pairable['kind'] = 'websocket'): Pairable & { readonly url: string } => {
    const { protocol, hostname, port, pathname, search } = new URL(url);
    return {
      url,
      kind,
      target: { scheme: protocol.slice(0, -1) as 'ws', host: hostname, port: Number(port || 80), path: pathname + search },
    };
  };
  const paired = (a: readonly ReturnType<typeof one>[], b: readonly ReturnType<typeof one>[]) => {
    const { pairs, unpaired } = pairUp(a, b);
    return {
      pairs: pairs.map((pair) => pair.map(({ url }) => url)),
      a: unpaired.a.map(({ url }) => url),
      b: unpaired.b.map(({ url }) => url),
    };
  };

  it('goes by the URL and its order, then without the query, then for WebSockets by less and less', () => {
    const a = [one('ws://a/x'), one('ws://a/x'), one('ws://a/y?t=1'), one('ws://a/z'), one('ws://lonely/1')];
    const b = [one('ws://a/y?t=2'), one('ws://a/x'), one('ws://staging/z'), one('ws://a/x'), one('ws://other/2')];
    expect(paired(a, b)).toEqual({
      pairs: [
        ['ws://a/x', 'ws://a/x'],
        ['ws://a/x', 'ws://a/x'],
        ['ws://a/y?t=1', 'ws://a/y?t=2'],
        ['ws://a/z', 'ws://staging/z'],
      ],
      a: ['ws://lonely/1'],
      b: ['ws://other/2'],
    });
  });

  it('does not pair pages of two servers', () => {
    expect(paired([one('http://a/', 'http')], [one('http://b/', 'http')])).toEqual({ pairs: [], a: ['http://a/'], b: ['http://b/'] });
  });

  it('loses none and takes none twice', () => {
    const some = fc.array(
      fc.constantFrom('ws://a/x', 'ws://a/x?q=1', 'ws://b/x', 'ws://b/y', 'http://a/x').map((url) => one(url)),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(some, some, (a, b) => {
        const { pairs, unpaired } = pairUp(a, b);
        expect(new Set([...pairs.map(([left]) => left), ...unpaired.a])).toEqual(new Set(a));
        expect(pairs.length + unpaired.b.length).toBe(b.length);
        expect(new Set([...pairs.map(([, right]) => right), ...unpaired.b])).toEqual(new Set(b));
      }),
    );
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffHeads } from '../../src/views/head-diff.js';

const head = (...lines: string[]) => ({ raw: `${lines.join('\r\n')}\r\n\r\n` });

test('equal heads have no mark', () => {
  const one = head('GET / HTTP/1.1', 'Host: a');
  expect(diffHeads(one, one)).toEqual([
    { left: 'GET / HTTP/1.1', right: 'GET / HTTP/1.1', mark: '=' },
    { left: 'Host: a', right: 'Host: a', mark: '=' },
  ]);
});

test('a field that was changed stands beside what it became, one that was taken out or put in stands alone', () => {
  const before = head('GET / HTTP/1.1', 'Host: a', 'Upgrade: websocket', 'Origin: http://a', 'Cookie: 1');
  const after = head('GET / HTTP/1.1', 'Host: a', 'origin: http://b', 'Via: 1.1 proxy', 'Cookie: 1');
  expect(diffHeads(before, after)).toEqual([
    { left: 'GET / HTTP/1.1', right: 'GET / HTTP/1.1', mark: '=' },
    { left: 'Host: a', right: 'Host: a', mark: '=' },
    { left: 'Upgrade: websocket', right: null, mark: '-' },
    { left: 'Origin: http://a', right: 'origin: http://b', mark: '~' },
    { left: null, right: 'Via: 1.1 proxy', mark: '+' },
    { left: 'Cookie: 1', right: 'Cookie: 1', mark: '=' },
  ]);
});

test('a start line is paired with the other start line', () => {
  expect(diffHeads(head('GET /a HTTP/1.1'), head('GET /b HTTP/1.1'))).toEqual([
    { left: 'GET /a HTTP/1.1', right: 'GET /b HTTP/1.1', mark: '~' },
  ]);
});

test('a missing head is an empty one', () => {
  expect(diffHeads(null, head('HTTP/1.1 403 No'))).toEqual([{ left: null, right: 'HTTP/1.1 403 No', mark: '+' }]);
  expect(diffHeads(null, null)).toEqual([]);
});

const lines = fc.array(fc.constantFrom('A: 1', 'A: 2', 'B: 1', 'C: 1', 'GET /', ''), { maxLength: 12 }).map((some) => some.join('\n'));
const without = (raw: string) => raw.replace(/\n+$/, '').split('\n');

test('each side can be read back from its column, in order', () => {
  fc.assert(
    fc.property(lines, lines, (left, right) => {
      const rows = diffHeads({ raw: left }, { raw: right });
      const column = (side: 'left' | 'right') => rows.map((row) => row[side]).filter((text) => text !== null);
      expect(column('left')).toEqual(left.replace(/\n+$/, '') === '' ? [] : without(left));
      // Changed fields are shown in the order of the left side.
      expect(column('right').sort()).toEqual(right.replace(/\n+$/, '') === '' ? [] : without(right).sort());
      for (const row of rows) expect(row.mark === '=').toBe(row.left === row.right);
    }),
  );
});

test('a head of 64 KiB of line feeds is cut, says so, and takes no long time', () => {
  const before = performance.now();
  const rows = diffHeads({ raw: `a${'\nb'.repeat(32_000)}` }, { raw: `b${'\na'.repeat(32_000)}` });
  expect(rows.length).toBeLessThan(2100);
  expect(rows.some(({ left }) => left === '(30999 more lines)')).toBe(true);
  expect(performance.now() - before).toBeLessThan(2000);
});

test('a head of HTTP/2 stands beside its translation, host beside :authority and Upgrade beside :protocol', () => {
  const spoken = head('CONNECT /chat HTTP/2', ':protocol: websocket', ':scheme: https', ':authority: a', 'origin: http://a');
  const translated = head('GET /chat HTTP/1.1', 'host: a', 'upgrade: websocket', 'connection: Upgrade', 'origin: http://a');
  expect(diffHeads(spoken, translated)).toEqual([
    { left: 'CONNECT /chat HTTP/2', right: 'GET /chat HTTP/1.1', mark: '~' },
    { left: ':protocol: websocket', right: 'upgrade: websocket', mark: '~' },
    { left: ':scheme: https', right: null, mark: '-' },
    { left: ':authority: a', right: 'host: a', mark: '~' },
    { left: null, right: 'connection: Upgrade', mark: '+' },
    { left: 'origin: http://a', right: 'origin: http://a', mark: '=' },
  ]);
});

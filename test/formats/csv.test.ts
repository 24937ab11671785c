import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { cell, csv } from '../../src/formats/csv.js';
import { findProgram } from '../support/find.js';
import { exchangeOf, message, recordedOf, written } from './support/recorded.js';

const target = { scheme: 'ws', host: 'api.test', port: 80, path: '/chat' } as const;
const exchange = exchangeOf('GET /chat HTTP/1.1\r\nHost: api.test\r\n\r\n', { target, answer: 'HTTP/1.1 101 S\r\n\r\n' });

describe('a cell', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-2+3', "'-2+3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', '"\'\r=1"'],
    ['\n=1', '"\'\n=1"'],
    ['\uff1d1', "'\uff1d1"],
    ['=HYPERLINK("http://evil","x")', '"\'=HYPERLINK(""http://evil"",""x"")"'],
    ["=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"],
    ["'quoted", "''quoted"],
    ['a=1', 'a=1'],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\r\nlines', '"two\r\nlines"'],
    ['\x1b[2J', '\\u001b[2J'],
    ['a\0b', 'a\\u0000b'],
    ['\x1b=1', '\\u001b=1'],
    ['', ''],
  ])('%j is written %j', (text, shown) => {
    expect(cell(text)).toBe(shown);
  });
});

const python = findProgram('python3');
/** Rows as Python's csv module reads them from UTF-8 with a byte order mark. */
const readByPython = (text: string): string[][] => {
  const script =
    'import csv,io,json,sys; print(json.dumps(list(csv.reader(io.TextIOWrapper(sys.stdin.buffer,"utf-8-sig",newline=""),strict=True))))';
  return JSON.parse(
    execFileSync('path' in python ? python.path : '', ['-c', script], { input: text, maxBuffer: 64 * 1024 * 1024 }).toString(),
  );
};

describe.skipIf('missing' in python)('the file, read by Python', () => {
  const texts = ['hello', 'a,"b"\r\nc', '=1+1', 'Grüße 🌍', '\u202eevil', '\x1b[31m', '', ' lead', "'"];

  it('has one row a message with the texts that were sent', async () => {
    const [head = [], ...rows] = readByPython(
      await written(csv, [
        recordedOf(
          exchange,
          texts.map((text) => message(text)),
        ),
      ]),
    );
    expect(head).toEqual([
      'exchange',
      'url',
      'at',
      'from',
      'type',
      'payload',
      'encoding',
      'bytes',
      'wire_bytes',
      'frames',
      'close_code',
      'note',
    ]);
    const shown = rows.map((row) => row[5]?.replace(/^'/, ''));
    expect(shown).toEqual(texts.map((text) => text.replace('\u202e', '\\u202e').replace('\x1b', '\\u001b')));
    expect(rows.map((row) => row[11])).toEqual(texts.map((text) => (/[\u202e\x1b]/.test(text) ? 'with escapes' : '')));
    expect(rows[0]).toEqual([
      '1',
      'ws://api.test/chat',
      '2026-01-01T00:00:00.000000Z',
      'client',
      'text',
      'hello',
      'text',
      '5',
      '11',
      '1',
      '',
      '',
    ]);
  });

  it('has base64 for what is no text, the code of a Close, and says what was cut or is broken', async () => {
    const rows = readByPython(
      await written(csv, [
        recordedOf(exchange, [
          message(Uint8Array.of(0xff, 0xfe), { type: 'binary' }),
          message(Buffer.concat([Uint8Array.of(0x0f, 0xa1), Buffer.from('bye')]), { type: 'close' }),
          message('x'.repeat(40_000)),
          message(Uint8Array.of(0xff), { error: 'The text is not valid UTF-8 (RFC 6455 section 8.1).' }),
          message('squeezed', { compressed: true }),
        ]),
      ]),
    ).slice(1);
    expect(rows.map((row) => [row[5]?.slice(0, 10), row[6], row[10], row[11]])).toEqual([
      ['//4=', 'base64', '', ''],
      ['bye', 'text', '4001', ''],
      ['x'.repeat(10), 'text', '', 'cut'],
      ['/w==', 'base64', '', 'The text is not valid UTF-8 (RFC 6455 section 8.1).'],
      ['squeezed', 'text', '', 'compressed'],
    ]);
    expect(rows[2]?.[5]).toHaveLength(32_000);
  });
});

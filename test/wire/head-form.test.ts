import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { removeCookies } from '../../src/wire/head-edit.js';
import {
  cases,
  foldField,
  insertLine,
  repeatField,
  spaceBeforeColon,
  spacings,
  withBareLineFeeds,
  withNamesIn,
  withOrder,
  withSpacing,
  withValuesIn,
} from '../../src/wire/head-form.js';
import { parseHead } from '../../src/wire/http-head.js';
import { percentEncoded } from '../../src/wire/percent.js';

const head = (...lines: string[]) => ['GET / HTTP/1.1', ...lines, '', ''].join('\r\n');
const odd = head('Host:a', 'x-lIst :  1 , 2\t', 'no colon here', 'Sec-WebSocket-Key: k', ' more');
const fields = (raw: string) => parseHead(raw, 'request').headers.map(([name, value]) => [name.toLowerCase(), value]);

describe('the case of names', () => {
  it.each([
    ['lower', head('host:a', 'x-list :  1 , 2\t', 'no colon here', 'sec-websocket-key: k', ' more')],
    ['upper', head('HOST:a', 'X-LIST :  1 , 2\t', 'no colon here', 'SEC-WEBSOCKET-KEY: k', ' more')],
    ['title', head('Host:a', 'X-List :  1 , 2\t', 'no colon here', 'Sec-Websocket-Key: k', ' more')],
    ['swap', head('hOST:a', 'X-LiST :  1 , 2\t', 'no colon here', 'sEC-wEBsOCKET-kEY: k', ' more')],
  ] as const)('%s changes the names alone', (how, after) => {
    expect(withNamesIn(odd, how)).toBe(after);
  });

  it('leaves the pseudo-header fields of HTTP/2 alone', () => {
    const raw = 'CONNECT /ws HTTP/2\r\n:authority: a\r\nOrigin: b\r\n\r\n';
    expect(withNamesIn(raw, 'upper')).toBe('CONNECT /ws HTTP/2\r\n:authority: a\r\nORIGIN: b\r\n\r\n');
  });

  it('of values changes those of the named fields alone', () => {
    expect(withValuesIn(head('Upgrade: websocket', 'X: websocket'), 'upper', ['upgrade'])).toBe(head('Upgrade: WEBSOCKET', 'X: websocket'));
  });
});

describe('white space around values', () => {
  it.each([
    ['none', head('A:1', 'B:2 3')],
    ['wide', head('A:    1', 'B:    2 3')],
    ['tab', head('A:\t1', 'B:\t2 3')],
    ['trailing', head('A: 1  ', 'B: 2 3  ')],
    ['trailing-tab', head('A: 1\t', 'B: 2 3\t')],
  ] as const)('%s', (how, after) => {
    expect(withSpacing(head('A: 1', 'B:  2 3 '), how)).toBe(after);
  });
});

describe('the order of fields', () => {
  const reversed = (raw: string) => withOrder(raw, (lines) => lines.toReversed());

  it('changes, and lines of one name keep theirs', () => {
    expect(reversed(head('A: 1', 'B: 2', 'a: 3', 'C: 4'))).toBe(head('C: 4', 'A: 1', 'B: 2', 'a: 3'));
  });

  it('stays in a head that was cut short, where the last line has no end', () => {
    expect(reversed('GET / HTTP/1.1\r\nA: 1\r\nB: 2')).toBe('GET / HTTP/1.1\r\nA: 1\r\nB: 2');
  });
});

describe('harm to the syntax', () => {
  it.each([
    ['a field twice', repeatField(head('X:1', 'B: 2'), 'x'), head('X:1', 'X:1', 'B: 2')],
    ['a field twice, with another value', repeatField(head('X:1 ', 'B: 2'), 'x', '$&'), head('X:1 ', 'X:$& ', 'B: 2')],
    ['no field to repeat', repeatField(head('B: 2'), 'x'), head('B: 2')],
    ['a value on the next line', foldField(head('A: 1', 'B: 2'), 'a'), head('A:', ' 1', 'B: 2')],
    ['a space before the colon', spaceBeforeColon(head('A:1', 'B: 2'), 'a'), head('A :1', 'B: 2')],
    ['a line of its own', insertLine(head('A: 1'), 'bad\0line'), head('bad\0line', 'A: 1')],
    ['bare line feeds', withBareLineFeeds(`${head('A: 1', ' 2')}\r\nframe`), 'GET / HTTP/1.1\nA: 1\n 2\n\n\r\nframe'],
  ])('%s', (_, made, expected) => {
    expect(made).toBe(expected);
  });
});

describe('taking cookies out', () => {
  it.each([
    ['Cookie: a=1; AWSALB=2; b=3', ['AWSALB'], ['Cookie: a=1; b=3']],
    ['Cookie: AWSALB=2;b=3', ['AWSALB'], ['Cookie: b=3']],
    ['Cookie: AWSALB=2; AWSALBCORS=3', ['AWSALB', 'AWSALBCORS'], []],
    ['Cookie: awsalb=2', ['AWSALB'], ['Cookie: awsalb=2']],
    ['Cookie: a=b=AWSALB; c', ['AWSALB'], ['Cookie: a=b=AWSALB; c']],
  ])('of %j those named %j', (line, names, left) => {
    expect(removeCookies(head('Host: a', line), names)).toBe(head('Host: a', ...left));
  });
});

it('percent-encodes what may not stand in a request target, and nothing that is encoded already', () => {
  expect(percentEncoded('/a b/%41#?x=é\t"')).toBe('/a%20b/%41%23?x=%E9%09%22');
});

const name = fc.constantFrom('Host', 'upgrade', 'X-A', 'x-b', 'Sec-WebSocket-Key');
const value = fc.string({ unit: fc.constantFrom('a', 'B', '1', ',', '=', '"'), minLength: 1, maxLength: 12 });
const heads = fc.array(fc.tuple(name, value), { maxLength: 8 }).map((pairs) => head(...pairs.map(([key, text]) => `${key}: ${text}`)));

it('whatever is only written differently says the same', () => {
  fc.assert(
    fc.property(heads, fc.constantFrom(...cases), fc.constantFrom(...spacings), (raw, how, spacing) => {
      expect(fields(withSpacing(withNamesIn(raw, how), spacing))).toEqual(fields(raw));
      const ordered = fields(withOrder(raw, (lines) => lines.toReversed()));
      for (const wanted of new Set(fields(raw).map(([key]) => key)))
        expect(ordered.filter(([key]) => key === wanted)).toEqual(fields(raw).filter(([key]) => key === wanted));
      expect(ordered).toHaveLength(fields(raw).length);
    }),
  );
});

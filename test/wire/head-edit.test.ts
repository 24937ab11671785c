import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Problem } from '../../src/model/problem.js';
import { addField, removeField, removeListToken, setField } from '../../src/wire/head-edit.js';
import { parseHead } from '../../src/wire/http-head.js';

const head = (...lines: string[]) => ['GET / HTTP/1.1', ...lines, '', ''].join('\r\n');

describe('removing a field', () => {
  it.each([
    ['takes every field of that name in any case', head('Host: a', 'UPGRADE: x', 'upgrade: y', 'B: 1'), head('Host: a', 'B: 1')],
    ['leaves names that only begin alike', head('Upgrade-Insecure-Requests: 1', 'Upgrade: x'), head('Upgrade-Insecure-Requests: 1')],
    ['takes continuation lines along', head('Upgrade: web', '  socket', 'Host: a'), head('Host: a')],
    ['finds a name with white space before its colon', head('Upgrade : x', 'Host: a'), head('Host: a')],
    ['leaves a head without the field alone', head('Host: a'), head('Host: a')],
    ['leaves what stands behind the blank line', `${head('Upgrade: x')}Upgrade: y\r\n`, `${head()}Upgrade: y\r\n`],
    ['keeps bare line feeds', 'GET / HTTP/1.1\nUpgrade: x\nHost: a\n\n', 'GET / HTTP/1.1\nHost: a\n\n'],
    ['keeps lines without a colon', head('upgrade', 'Upgrade: x', ': empty'), head('upgrade', ': empty')],
    ['works on a head that was cut short', 'GET / HTTP/1.1\r\nHost: a\r\nUpgrade: we', 'GET / HTTP/1.1\r\nHost: a\r\n'],
  ])('%s', (_, before, after) => {
    expect(removeField(before, 'Upgrade')).toBe(after);
  });
});

describe('setting a field', () => {
  it.each([
    ['keeps its place, case and spacing', head('oRiGin:\t  old \t', 'Host: a'), head('oRiGin:\t  new \t', 'Host: a')],
    ['sets the first of several and takes the others out', head('Origin: 1', 'Host: a', 'ORIGIN: 2'), head('Origin: new', 'Host: a')],
    ['replaces a folded value as a whole', head('Origin: a', ' b', '\tc', 'Host: a'), head('Origin: new', 'Host: a')],
    ['fills an empty value', head('Origin:', 'Host: a'), head('Origin:new', 'Host: a')],
    ['adds a missing field at the end', head('Host: a', 'B: 1'), head('Host: a', 'B: 1', 'Origin: new')],
    ['adds it to a head without fields', head(), head('Origin: new')],
    ['adds it with the line end of the head', 'GET / HTTP/1.1\nHost: a\n\n', 'GET / HTTP/1.1\nHost: a\nOrigin: new\n\n'],
    ['adds it to a head that was cut short', 'GET / HTTP/1.1\r\nHost: a', 'GET / HTTP/1.1\r\nHost: a\r\nOrigin: new\r\n'],
  ])('%s', (_, before, after) => {
    expect(setField(before, 'Origin', 'new')).toBe(after);
  });

  it('writes the value as it is, dollar signs included', () => {
    expect(setField(head('Origin: x'), 'Origin', '$& $1 é')).toBe(head('Origin: $& $1 é'));
  });

  it('does not take longer than a blink for 64 KiB of spaces', () => {
    const spaces = ' '.repeat(64 * 1024);
    expect(setField(head(`Origin: a${spaces}b`), 'Origin', 'new')).toBe(head('Origin: new'));
  }, 1000);
});

describe('removing a token from a list', () => {
  it.each([
    ['the last member', 'Connection: keep-alive, Upgrade', ['Connection: keep-alive']],
    ['the first member', 'Connection: Upgrade,  keep-alive', ['Connection: keep-alive']],
    ['a middle member', 'Connection:a ,\tuPGRADE\t, b', ['Connection:a , b']],
    ['every time it stands there', 'Connection: upgrade, a, Upgrade', ['Connection: a']],
    ['the only member, and the field with it', 'Connection: Upgrade', []],
    ['the only member beside empty ones', 'Connection: , Upgrade,', []],
    ['no member that only holds the word', 'Connection: x-upgrade, Upgrade2', ['Connection: x-upgrade, Upgrade2']],
    ['nothing, and keeps odd spacing then', 'Connection:  a ,,b  ', ['Connection:  a ,,b  ']],
  ])('takes out %s', (_, before, after) => {
    expect(removeListToken(head('Host: a', before, 'B: 1'), 'connection', 'upgrade')).toBe(head('Host: a', ...after, 'B: 1'));
  });

  it('takes it out of every field of that name', () => {
    expect(removeListToken(head('Connection: a, Upgrade', 'connection: UPGRADE'), 'Connection', 'upgrade')).toBe(head('Connection: a'));
  });
});

describe('what could write a field of its own', () => {
  it.each([
    ['a carriage return', 'a\rb'],
    ['a line feed', 'a\nX-Evil: 1'],
    ['a NUL', 'a\0b'],
    ['a character whose low byte is a line feed', 'a\u010aX-Evil: 1'],
    ['a character over one byte', 'a\u20ac'],
  ])('is refused in a value: %s', (_, value) => {
    expect(() => setField(head('A: 1'), 'A', value)).toThrow(Problem);
    expect(() => addField(head(), 'A', value)).toThrow(/The value for A holds a/);
  });

  it.each(['', 'a b', 'a:b', 'a\r\nb', 'é'])('is refused as a name: %j', (name) => {
    expect(() => addField(head(), name, '1')).toThrow(/cannot be the name of a header field/);
  });
});

describe('for any head and any value', () => {
  const names = fc.constantFrom('Host', 'Origin', 'oRIGIN', 'Connection', 'X-Any', 'Upgrade');
  const values = fc.string({ unit: fc.constantFrom('a', ' ', '\t', ',', ':', '"', 'é', '\x7f'), maxLength: 12 });
  const ends = fc.constantFrom('\r\n', '\n');
  const heads = fc
    .array(fc.tuple(names, values, ends), { maxLength: 8 })
    .map((fields) => `GET / HTTP/1.1\r\n${fields.map(([name, value, end]) => `${name}:${value}${end}`).join('')}\r\nbehind: it\r\n`);
  const linesOf = (raw: string) => raw.split(/(?<=\n)/);

  it('untouched lines stay byte for byte and in order', () => {
    fc.assert(
      fc.property(heads, (raw) => {
        const others = (text: string) => linesOf(text).filter((line) => !/^origin:/i.test(line));
        expect(others(setField(raw, 'Origin', 'https://x'))).toEqual(others(raw));
        expect(linesOf(removeField(raw, 'Origin'))).toEqual(others(raw));
        const rest = (text: string) => linesOf(text).filter((line) => !/^connection:/i.test(line));
        expect(rest(removeListToken(raw, 'Connection', 'a'))).toEqual(rest(raw));
      }),
    );
  });

  it('a set field reads back as that one value, and one field more at most stands there', () => {
    fc.assert(
      fc.property(heads, fc.string({ unit: 'grapheme' }), (raw, value) => {
        const before = parseHead(raw, 'request').headers;
        let edited: string;
        try {
          edited = setField(raw, 'Origin', value);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(Problem);
          return;
        }
        const after = parseHead(edited, 'request').headers;
        const origins = after.filter(([name]) => name.toLowerCase() === 'origin');
        expect(origins.map(([, text]) => text)).toEqual([value.replace(/^[ \t]+|[ \t]+$/g, '')]);
        expect(after.length - origins.length).toBe(before.filter(([name]) => name.toLowerCase() !== 'origin').length);
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayWidth, fit, visible } from '../../src/wire/visible.js';

/** Sequences that terminals obey, and characters that nobody sees (threats T46 and T47). */
const hostile = [
  '\x1b[2J',
  '\x1b]0;title\x07',
  '\x1b]52;c;ZXZpbA==\x07',
  '\x1b]8;;http://evil.test\x1b\\link\x1b]8;;\x1b\\',
  '\x1bP1$r\x1b\\',
  '\x9b31m',
  '\x9d0;x\x9c',
  '\x90q\x9c',
  '\r',
  '\b\b\b',
  '\x7f',
  '\0',
  '\n',
  '\t',
  '\u0085',
  '\u2028\u2029',
  '\u202emoc.live\u202c',
  '\u2066\u2069\u200e\u200f\u061c',
  '\u200b\u200c\u200d\u2060\ufeff\u00ad',
  '\u{e0001}\u{e0041}\u{e007f}',
  '\u{e0100}',
  'x\ufe0f\ufe0f',
  '\ud800',
  '\udc00',
  '\u3164\u115f\uffa0',
];
const text = fc
  .array(fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.string()), {
    maxLength: 12,
  })
  .map((parts) => parts.join(''));

/** Asked of each code point on its own, so that it does not repeat what `visible` does. */
const isDangerous = (character: string): boolean => {
  const code = character.codePointAt(0) ?? 0;
  const within = (first: number, last: number) => code >= first && code <= last;
  return (
    within(0x00, 0x1f) ||
    within(0x7f, 0x9f) ||
    within(0x200b, 0x200f) ||
    within(0x2028, 0x202e) ||
    within(0x2060, 0x206f) ||
    within(0xd800, 0xdfff) ||
    within(0xe0000, 0xe0fff) ||
    [0xad, 0x61c, 0xfeff, 0x115f, 0x1160, 0x3164, 0xffa0].includes(code)
  );
};

describe('visible', () => {
  it.each([
    ['\x1b[2J', '\\x1b[2J'],
    ['a\nb\r\tc', 'a\\nb\\r\\tc'],
    ['\0\x07\x7f\x9b', '\\x00\\x07\\x7f\\x9b'],
    ['\u202emoc.live', '<U+202E>moc.live'],
    ['a\u200bb\ufeff\u00ad', 'a<U+200B>b<U+FEFF><U+00AD>'],
    ['\u{e0041}', '<U+E0041>'],
    ['\u2028', '<U+2028>'],
    ['\ud800x', '<U+D800>x'],
    ['x\udfff', 'x<U+DFFF>'],
    ['x\ufe0f', 'x<U+FE0F>'],
  ])('escapes %j', (hidden, shown) => {
    expect(visible(hidden)).toBe(shown);
  });

  it.each(['plain text', 'Grüße, 世界, עברית', '❤️ 😀 🇩🇪', 'C:\\temp "quoted"', 'e\u0301'])('leaves %j alone', (harmless) => {
    expect(visible(harmless)).toBe(harmless);
  });

  it('keeps line feeds where they are meant', () => {
    expect(visible('a\nb\r\n\x1b', { keepLf: true })).toBe('a\nb\\r\n\\x1b');
  });

  it('lets nothing through that a terminal obeys or hides', () => {
    fc.assert(
      fc.property(text, (captured) => {
        expect([...visible(captured)].filter(isDangerous)).toEqual([]);
        expect([...visible(captured, { keepLf: true })].filter((character) => character !== '\n' && isDangerous(character))).toEqual([]);
      }),
      { numRuns: 10_000 },
    );
  });

  it('escapes every single code point that is dangerous', () => {
    for (let code = 0; code < 0x110000; code++) {
      const character = String.fromCodePoint(code);
      if (isDangerous(character)) expect(visible(character)).toMatch(/^(\\x[0-9a-f]{2}|\\[nrt]|<U\+[0-9A-F]{4,5}>)$/);
    }
  });

  it('changes nothing the second time', () => {
    fc.assert(fc.property(text, (captured) => void expect(visible(visible(captured))).toBe(visible(captured))));
  });
});

describe('displayWidth', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['é', 1],
    ['e\u0301', 1],
    ['世界', 4],
    ['ｱ', 1],
    ['Ａ', 2],
    ['한글', 4],
    ['\u1112\u1161\u11ab', 2],
    ['😀', 2],
    ['❤️', 2],
    ['❤', 1],
    ['👍🏽', 2],
    ['👩‍👩‍👧', 2],
    ['🇩🇪', 2],
    ['1️⃣', 2],
    ['\u{20000}', 2],
    ['के', 1],
    ['का', 2],
    ['…', 1],
  ])('of %j is %i', (shown, width) => {
    expect(displayWidth(shown)).toBe(width);
  });

  it('is additive over separated words', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (one, other) => {
        expect(displayWidth(`${visible(one)} | ${visible(other)}`)).toBe(displayWidth(visible(one)) + 3 + displayWidth(visible(other)));
      }),
    );
  });
});

describe('fit', () => {
  it.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdef', 5, 'abcd…'],
    ['abcdef', 1, '…'],
    ['abcdef', 0, ''],
    ['abcdef', -1, ''],
    ['世界世界', 5, '世界…'],
    ['世界世界', 4, '世…'],
    ['世界', 4, '世界'],
    ['a👩‍👩‍👧b', 3, 'a…'],
    ['a👩‍👩‍👧b', 4, 'a👩‍👩‍👧b'],
    ['e\u0301e\u0301e\u0301', 2, 'e\u0301…'],
  ])('cuts %j at %i', (shown, width, expected) => {
    expect(fit(shown, width)).toBe(expected);
  });

  it('leaves 8 combining marks on a character', () => {
    expect(fit(`a${'\u0301'.repeat(1000)}`, 5)).toBe('…');
    expect(fit(`a${'\u0301'.repeat(30)}b`, 5)).toBe(`a${'\u0301'.repeat(8)}b`);
  });

  it('never takes more columns than it may', () => {
    fc.assert(
      fc.property(text, fc.nat(60), (captured, width) => {
        expect(displayWidth(fit(visible(captured), width))).toBeLessThanOrEqual(width);
      }),
      { numRuns: 2000 },
    );
  });

  it('gives back what is short enough, but for a heap of marks', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (captured) => {
        const shown = visible(captured);
        if (!/\p{M}{9}/u.test(shown)) expect(fit(shown, displayWidth(shown))).toBe(shown);
      }),
    );
  });

  it.each([
    ['ASCII', 'a'],
    ['wide characters', '世'],
    ['combining marks', '\u0301'],
  ])('costs no more for ten million %s', (_, unit) => {
    const long = unit.repeat(10_000_000);
    const started = performance.now();
    expect(displayWidth(fit(long, 80))).toBeLessThanOrEqual(80);
    expect(performance.now() - started).toBeLessThan(250);
  });
});

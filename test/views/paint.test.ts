import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cell, clip, fill, lineText, lineWidth, span, spread, wrap } from '../../src/views/paint.js';
import { displayWidth } from '../../src/wire/visible.js';
import { hostileText, obeyed } from './hostile.js';

describe('a cell', () => {
  test('has exactly its width and nothing that a terminal obeys, whatever is put in', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 0, max: 40 }), (text, width) => {
        const { text: shown } = cell(text, width);
        expect(displayWidth(shown)).toBe(width);
        expect(shown).not.toMatch(obeyed);
      }),
    );
  });

  test('is padded on the left when it is aligned to the right', () => {
    expect(cell('12', 5, { align: 'right' }).text).toBe('   12');
  });

  test('of ten megabytes costs no more than a line', () => {
    // By way of a buffer: a repeated string is put together only when it is read, which would be measured as well.
    const long = Buffer.from('a\u0301\x1b漢'.repeat(2_500_000), 'utf16le').toString('utf16le');
    cell(long, 80);
    const before = performance.now();
    expect(displayWidth(cell(long, 80).text)).toBe(80);
    expect(performance.now() - before).toBeLessThan(50);
  });
});

describe('lines', () => {
  test('clipped are no wider than asked, filled exactly as wide', () => {
    fc.assert(
      fc.property(fc.array(hostileText, { maxLength: 4 }), fc.integer({ min: 1, max: 60 }), (texts, width) => {
        const line = texts.map((text) => span(text));
        expect(lineWidth(clip(line, width))).toBeLessThanOrEqual(width);
        expect(lineWidth(fill(line, width))).toBe(width);
      }),
    );
  });

  test('spread keep the right end whole and cut the left one', () => {
    expect(lineText(spread([span('a long beginning')], [span('end')], 10))).toBe('a long…end');
  });
});

describe('wrap', () => {
  test('breaks at spaces', () => {
    expect(wrap('the server refused the handshake', 12)).toEqual(['the server', 'refused the', 'handshake']);
  });

  test('breaks a word that is wider than a line', () => {
    expect(wrap('key: dGhlIHNhbXBsZSBub25jZQ==', 12)).toEqual(['key:', 'dGhlIHNhbXBs', 'ZSBub25jZQ==']);
  });

  test('ends with an ellipsis when there are more lines than asked', () => {
    expect(wrap('one two three four five six', 5, 2)).toEqual(['one', 'two …']);
  });

  test('gives at least one line, none too wide, none obeyed by a terminal', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 2, max: 30 }), fc.integer({ min: 1, max: 5 }), (text, width, most) => {
        const lines = wrap(text, width, most);
        expect(lines.length).toBeGreaterThanOrEqual(1);
        expect(lines.length).toBeLessThanOrEqual(most);
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
        expect(lines.join('')).not.toMatch(obeyed);
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { layOut, markOf, previewOf, warningOf } from '../../src/views/message-text.js';
import { displayWidth } from '../../src/wire/visible.js';
import { hostileText, obeyed } from './hostile.js';

const facts = { type: 'text', cut: false, compressed: false, length: 10, wireBytes: 12, frames: 1 } as const;
const mebibyte = 1024 * 1024;

describe('text laid out in lines', () => {
  test('no line is wider than asked, none holds what a terminal obeys, and nothing is lost', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 2, max: 90 }), (text, width) => {
        const lines = layOut(text, width);
        for (const line of lines) {
          expect(displayWidth(line)).toBeLessThanOrEqual(width);
          expect(line).not.toMatch(obeyed);
        }
        expect(lines.join('').replaceAll(' ', '')).toBe(layOut(text, 10_000).join('').replaceAll(' ', ''));
      }),
    );
  });

  test('a line feed ends a line, a carriage return is shown', () => {
    expect(layOut('a\r\n\nb', 20)).toEqual(['a\\r', '', 'b']);
  });

  test.each([
    ['letters', 'x'.repeat(mebibyte)],
    ['wide characters', '漢字'.repeat(mebibyte / 6)],
    ['one letter with marks without end', `e${'\u0301'.repeat(mebibyte / 2)}`],
    ['joined emoji', '👩‍👩‍👧'.repeat(mebibyte / 18)],
  ])('a megabyte of %s takes no time that a user notices', (_, text) => {
    const before = performance.now();
    expect(layOut(text, 78).length).toBeGreaterThan(0);
    // On a machine that is busy with other tests; the segmenter would take minutes.
    expect(performance.now() - before).toBeLessThan(3000);
  });
});

describe('what stands beside a message', () => {
  test('a compression bomb is called one, with the length that was reached', () => {
    const bomb = { ...facts, compressed: true, cut: true, length: 16 * mebibyte, wireBytes: 50 * 1024 };
    expect(warningOf(bomb)).toBe('A compression bomb: 50.0 KiB on the wire inflate to at least 16.0 MiB, 328 times as much.');
    expect(markOf(bomb)).toBe('compression bomb');
  });

  test('a long message is cut, an odd one says why, most say nothing', () => {
    expect(warningOf({ ...facts, cut: true, length: 10 * mebibyte })).toBe('It is cut: only its beginning is shown, of 10.0 MiB.');
    expect(markOf({ ...facts, cut: true })).toBe('cut');
    expect(markOf({ ...facts, error: 'The text is not valid UTF-8.' })).toBe('The text is not valid UTF-8.');
    expect(markOf(facts)).toBeUndefined();
    // Well compressed is no bomb.
    expect(warningOf({ ...facts, compressed: true, length: 500_000, wireBytes: 600 })).toBeUndefined();
  });

  test('the preview suits its type', () => {
    expect(previewOf({ ...facts, type: 'close' }, Buffer.from([3, 232, 98, 121, 101]))).toBe('1000 normal closure "bye"');
    expect(previewOf({ ...facts, type: 'close' }, Buffer.alloc(0))).toBe('1005 no code received');
    expect(previewOf({ ...facts, type: 'binary' }, Buffer.from([0, 255]))).toBe('00 ff');
    expect(previewOf({ ...facts, type: 'ping' }, Buffer.from('hello'))).toBe('hello');
    expect(previewOf({ ...facts, type: 'ping' }, Buffer.from([1, 2]))).toBe('01 02');
    expect(previewOf(facts, Buffer.from('grüße'))).toBe('grüße');
  });
});

import { constants, inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createDeflateContext } from '../../src/redaction/deflate.js';

describe('compressing in place of a sender', () => {
  it.each([8, 9, 10, 12, 15])('keeps to a window of 2 to the power of %i bytes', (bits) => {
    const context = createDeflateContext({ takeover: true, bits });
    const texts = Array.from({ length: 40 }, (_, nth) => Buffer.from(`{"nth":${nth},"text":"${'lorem ipsum '.repeat(nth)}${nth * 7919}"}`));
    const packed = texts.flatMap((text) => [Buffer.from(context.deflate(text, text.length)), Buffer.of(0, 0, 0xff, 0xff)]);
    const options = { windowBits: bits, finishFlush: constants.Z_SYNC_FLUSH };
    expect(inflateRawSync(Buffer.concat(packed), options)).toEqual(Buffer.concat(texts));
    expect(Buffer.concat(packed).length).toBeLessThan(Buffer.concat(texts).length);
  });

  it('starts anew with each message where no context is taken over', () => {
    const context = createDeflateContext({ takeover: false, bits: 15 });
    const text = Buffer.from('hello hello hello');
    expect(context.deflate(text, 5)).toEqual(context.deflate(text, 5));
    expect(context.stale).toBe(false);
  });

  it('is due until 32 KiB have followed unchanged', () => {
    const context = createDeflateContext({ takeover: true, bits: 15 });
    context.deflate(Buffer.from('secret, and more'), 6);
    expect(context.stale).toBe(true);
    context.deflate(Buffer.alloc(32 * 1024 - 11, 'a'), 0);
    expect(context.stale).toBe(true);
    context.deflate(Buffer.from('a'), 0);
    expect(context.stale).toBe(false);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHpackReader, writeHeaderBlock } from '../../../src/wire/http2/hpack.js';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

describe('reading header blocks', () => {
  it('reads the three requests of RFC 7541 appendix C.4, Huffman-coded, with one table', () => {
    const reader = createHpackReader();
    const blocks = ['828684418cf1e3c2e5f23a6ba0ab90f4ff', '828684be5886a8eb10649cbf', '828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf'];
    expect(blocks.map((block) => reader.read(hex(block))?.fields)).toEqual([
      [
        [':method', 'GET'],
        [':scheme', 'http'],
        [':path', '/'],
        [':authority', 'www.example.com'],
      ],
      [
        [':method', 'GET'],
        [':scheme', 'http'],
        [':path', '/'],
        [':authority', 'www.example.com'],
        ['cache-control', 'no-cache'],
      ],
      [
        [':method', 'GET'],
        [':scheme', 'https'],
        [':path', '/index.html'],
        [':authority', 'www.example.com'],
        ['custom-key', 'custom-value'],
      ],
    ]);
  });

  it('forgets the oldest entries when the table is full, as in RFC 7541 appendix C.5', () => {
    const reader = createHpackReader();
    // A table of 256 bytes; then three answers.
    const first =
      '3fe101 4803333032 580770726976617465 611d4d6f6e2c203231204f637420323031332032303a31333a323120474d54 6e1768747470733a2f2f7777772e6578616d706c652e636f6d';
    expect(reader.read(hex(first))?.sizeUpdates).toEqual(hex('3fe101'));
    expect(reader.read(hex('4803333037c1c0bf'))?.fields).toEqual([
      [':status', '307'],
      ['cache-control', 'private'],
      ['date', 'Mon, 21 Oct 2013 20:13:21 GMT'],
      ['location', 'https://www.example.com'],
    ]);
  });

  it.each([
    ['an index of nothing', 'c0'],
    ['index 0', '80'],
    ['a string longer than the block', '400a61'],
    ['a length that never ends', '407fffffffffffffffffff'],
    ['a size update behind a field', '8220'],
    ['a size update over our bound', '3fe1ffff7f'],
    ['Huffman code with wrong padding', '0081f00000'],
  ])('gives up at %s, and at every block behind it', (_, block) => {
    const reader = createHpackReader();
    expect(reader.read(hex(block))).toBeNull();
    expect(reader.read(hex('82'))).toBeNull();
  });

  it('is not led by few bytes to much memory', () => {
    const reader = createHpackReader();
    const big = writeHeaderBlock([['x', 'v'.repeat(4000)]]);
    big[0] = 0x40;
    expect(reader.read(big)?.fields).toHaveLength(1);
    expect(reader.read(Buffer.alloc(10_000, 0xbe))).toBeNull();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 5 }), (blocks) => {
        const reader = createHpackReader();
        for (const block of blocks) reader.read(block);
      }),
    );
  });
});

describe('writing header blocks', () => {
  it('says what it was given, whatever the table', () => {
    const text = fc.string({ unit: fc.nat(255).map((code) => String.fromCharCode(code)), maxLength: 300 });
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { maxLength: 20 }), (fields) => {
        expect(createHpackReader().read(writeHeaderBlock(fields))?.fields).toEqual(fields);
      }),
    );
  });
});

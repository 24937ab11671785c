import { describe, expect, it } from 'vitest';
import { isCountable, readFrameHeader } from '../../src/wire/frame-header.js';
import { bytesOf } from './streams.js';

const plain = { fin: true, rsv1: false, rsv2: false, rsv3: false, opcode: 1, masked: false, key: null };
const rows = [
  { name: 'a short unmasked header', hex: '81 05', header: { ...plain, length: 5, headerBytes: 2 } },
  { name: 'a masking key', hex: '81 85 01020304', header: { ...plain, masked: true, key: bytesOf('01020304'), length: 5, headerBytes: 6 } },
  { name: 'a 16-bit length', hex: '82 7e 0100', header: { ...plain, opcode: 2, length: 256, headerBytes: 4 } },
  { name: 'a 64-bit length', hex: '82 7f 0000000000010000', header: { ...plain, opcode: 2, length: 65536, headerBytes: 10 } },
  {
    name: 'a 64-bit length and a key',
    hex: '82 ff 0000000000010000 0a0b0c0d',
    header: { ...plain, opcode: 2, masked: true, key: bytesOf('0a0b0c0d'), length: 65536, headerBytes: 14 },
  },
  { name: 'a length that could be shorter', hex: '81 7f 0000000000000005', header: { ...plain, length: 5, headerBytes: 10 } },
  {
    name: 'the longest length that counts',
    hex: '82 7f 001fffffffffffff',
    header: { ...plain, opcode: 2, length: 2 ** 53 - 1, headerBytes: 10 },
  },
  {
    name: 'a length with its top bit set',
    hex: '82 7f 8000000000000000',
    header: { ...plain, opcode: 2, length: 2 ** 63, headerBytes: 10 },
  },
  { name: 'a ping with a 16-bit length', hex: '89 7e 0080', header: { ...plain, opcode: 9, length: 128, headerBytes: 4 } },
  {
    name: 'all reserved bits and a reserved opcode',
    hex: '7f 00',
    header: { ...plain, fin: false, rsv1: true, rsv2: true, rsv3: true, opcode: 15, length: 0, headerBytes: 2 },
  },
];

describe('readFrameHeader', () => {
  it.each(rows)('describes $name', ({ hex, header }) => {
    expect(readFrameHeader(bytesOf(hex))).toEqual(header);
    expect(readFrameHeader(bytesOf(`ffff ${hex} ffff`), 2)).toEqual(header);
  });

  it.each(rows)('needs every byte of $name', ({ hex }) => {
    const bytes = bytesOf(hex);
    for (const cut of bytes.keys()) expect(readFrameHeader(bytes.subarray(0, cut))).toBe('need more');
  });

  it('gives a key of its own, that later bytes in the same buffer do not change', () => {
    const bytes = bytesOf('81 80 01020304');
    const header = readFrameHeader(bytes);
    bytes.fill(0);
    expect(header).toMatchObject({ key: bytesOf('01020304') });
  });

  it('counts with lengths under 2^53 only', () => {
    expect([2 ** 53 - 1, 2 ** 53, 2 ** 63].map(isCountable)).toEqual([true, false, false]);
  });
});

import { describe, expect, test } from 'vitest';
import { type Base64Memory, createBase64Memory, simdMemory, slack, stringMemory } from '../../src/recording/base64.js';

/** A fixed sequence with every byte value in it. */
const sample = (length: number, start: number): Buffer => Buffer.from(Array.from({ length }, (_, i) => (start + i * 167) & 0xff));

const encoders: readonly (readonly [string, (size: number) => Base64Memory | null])[] = [
  ['WebAssembly', simdMemory],
  ['strings', stringMemory],
];

describe.each(encoders)('base64 by %s', (_, create) => {
  const memory = create(200_000);
  if (!memory) throw new Error('this Node has no WebAssembly vectors');
  const half = 100_000;

  test('says of every length what Buffer says, at odd places too', () => {
    for (let length = 0; length <= 600; length++) {
      const source = sample(length, length * 7);
      const from = half + (length % 13);
      memory.bytes.set(source, from);
      const to = length % 11;
      const written = memory.encode(from, length, to);
      expect(memory.bytes.toString('latin1', to, to + written)).toBe(source.toString('base64'));
    }
  });

  test('says the same of a chunk of 64 KiB, and writes no further than its slack', () => {
    const source = sample(65_537, 3);
    memory.bytes.fill(0xee);
    memory.bytes.set(source, half);
    const written = memory.encode(half, source.length, 0);
    expect(memory.bytes.toString('latin1', 0, written)).toBe(source.toString('base64'));
    expect(memory.bytes.subarray(written + slack, half).every((byte) => byte === 0xee)).toBe(true);
  });
});

test('the faster of both is taken where it is there', () => {
  expect(createBase64Memory(1024).bytes.length).toBeGreaterThanOrEqual(1024);
});

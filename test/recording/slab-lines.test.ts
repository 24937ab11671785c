import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoTime } from '../../src/model/clock.js';
import type { Event } from '../../src/model/event.js';
import { encodeEvent } from '../../src/recording/codec.js';
import { createPacker, type Slab, slabBytes } from '../../src/recording/slab.js';
import { createLineMaker } from '../../src/recording/slab-lines.js';
import { epoch } from './support/events.js';

/** Slabs come dirty, as they do when they are used again. */
const packed = (fill: (packer: ReturnType<typeof createPacker>) => void): { slabs: Slab[]; text: string } => {
  const slabs: Slab[] = [];
  const take = (bytes: number) => new Uint8Array(bytes + (-bytes & 7)).fill(0xaa).buffer;
  const packer = createPacker({ take, give: (slab) => slabs.push(slab), began: () => {} });
  fill(packer);
  packer.send();
  const out: Buffer[] = [];
  const makeLines = createLineMaker((bytes) => {
    expect(bytes.at(-1)).toBe(0x0a);
    out.push(Buffer.from(bytes));
  });
  for (const slab of slabs) makeLines(slab);
  return { slabs, text: Buffer.concat(out).toString() };
};

const bytesEvent = (exchange: string, from: 'client' | 'server', chunk: Uint8Array, atMs: number): Event => ({
  at: isoTime(atMs),
  exchange,
  type: 'bytes',
  from,
  data: Buffer.from(chunk).toString('base64'),
});

describe('slabs', () => {
  it('become the very lines that the codec writes, in their order', () => {
    const entry = fc.record({
      exchange: fc.constantFrom('1', '2', '17', 'quote"\\', 'é\x85'),
      from: fc.constantFrom('client' as const, 'server' as const),
      chunk: fc.uint8Array({ minLength: 1, maxLength: 500 }),
      atMs: fc.double({ min: 0, max: 4e12, noNaN: true }),
      text: fc.option(fc.string()),
    });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 40 }), (entries) => {
        const { text } = packed((packer) => {
          for (const each of entries) {
            if (each.text !== null) packer.line(JSON.stringify(each.text));
            packer.bytes(each.exchange, each.from, each.chunk, each.atMs);
          }
        });
        const wanted = entries.flatMap(({ exchange, from, chunk, atMs, text: line }) => [
          ...(line === null ? [] : [JSON.stringify(line)]),
          encodeEvent(bytesEvent(exchange, from, chunk, atMs)),
        ]);
        expect(text).toBe(wanted.map((line) => `${line}\n`).join(''));
      }),
    );
  });

  it('carry every length of payload to the byte', () => {
    const chunks = Array.from({ length: 1200 }, (_, length) =>
      Uint8Array.from({ length: length + 1 }, (__, at) => (at * 7 + length) & 255),
    );
    const { text } = packed((packer) => {
      for (const chunk of chunks) packer.bytes('1', 'server', chunk, epoch);
    });
    const wanted = chunks.map((chunk) => `${encodeEvent(bytesEvent('1', 'server', chunk, epoch))}\n`);
    expect(text).toBe(wanted.join(''));
  });

  it('split a chunk that is over half a slab into several events', () => {
    const chunk = new Uint8Array(slabBytes + 5).fill(0x61);
    const { text, slabs } = packed((packer) => packer.bytes('1', 'client', chunk, epoch));
    const lengths = text
      .trimEnd()
      .split('\n')
      .map((line) => Buffer.from(JSON.parse(line).data, 'base64').length);
    expect(lengths).toEqual([131_072, 131_072, 5]);
    expect(slabs.every(({ buffer }) => buffer.byteLength === slabBytes)).toBe(true);
  });

  it('take an event that is longer than a slab whole', () => {
    const long = JSON.stringify('x'.repeat(3 * slabBytes));
    const { text } = packed((packer) => {
      packer.bytes('1', 'client', Uint8Array.of(1), epoch);
      packer.line(long);
      packer.bytes('1', 'client', Uint8Array.of(2), epoch);
    });
    expect(text.split('\n').map((line) => line.length)).toEqual([expect.any(Number), long.length, expect.any(Number), 0]);
  });

  it('name an exchange again in every slab, so that each can be read alone', () => {
    const chunk = new Uint8Array(60_000);
    const { slabs } = packed((packer) => {
      for (let count = 0; count < 12; count++) packer.bytes(`exchange-${count % 2}`, 'server', chunk, epoch);
    });
    expect(slabs.length).toBeGreaterThan(2);
    const last = slabs.at(-1);
    const lines: string[] = [];
    if (last) createLineMaker((bytes) => lines.push(...Buffer.from(bytes).toString().trimEnd().split('\n')))(last);
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(JSON.parse(line).exchange).toMatch(/^exchange-[01]$/);
  });
});

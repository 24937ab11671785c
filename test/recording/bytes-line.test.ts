import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineIsOf, readBytesLine } from '../../src/recording/bytes-line.js';
import { decodeLine } from '../../src/recording/codec.js';

const at = '2026-01-31T09:05:00.000001Z';
const lineOf = (id: string, from: string, bytes: Uint8Array, time = at) =>
  `{"at":"${time}","exchange":"${id}","type":"bytes","from":"${from}","data":"${Buffer.from(bytes).toString('base64')}"}`;

/** What the quick way says of a line must be what the slow one says; it may decline. */
const agrees = (raw: Buffer): boolean => {
  const quick = readBytesLine(raw);
  if (!quick) return true;
  const slow = decodeLine(raw.toString());
  expect(slow.type).toBe('event');
  if (slow.type !== 'event' || slow.event.type !== 'bytes') throw new Error(`the slow way says ${slow.type}`);
  expect([quick.at, quick.exchange, quick.from, quick.data]).toEqual([
    slow.event.at,
    slow.event.exchange,
    slow.event.from,
    slow.event.data,
  ]);
  expect(quick.atMs).toBe(Date.parse(`${quick.at.slice(0, 23)}Z`) + Number(quick.at.slice(23, 26)) / 1000);
  expect(quick.chunk).toEqual(Buffer.from(slow.event.data, 'base64'));
  return true;
};

describe('a line of recorded bytes', () => {
  it('is read from its buffer, at any length', () => {
    for (const length of [0, 1, 2, 3, 4, 5, 125, 382, 383, 384, 385, 386, 387, 5000]) {
      const bytes = Uint8Array.from({ length }, (_, index) => index * 7);
      const line = readBytesLine(Buffer.from(lineOf('e-7', 'server', bytes)));
      expect([line?.exchange, line?.from, line?.at]).toEqual(['e-7', 'server', at]);
      expect(line?.chunk).toEqual(Buffer.from(bytes));
    }
  });

  it('means the same as read from JSON, or is left to that', () => {
    const mutated = fc
      .record({
        id: fc.constantFrom('1', '12', 'a b', 'x"y', 'ü', ''),
        from: fc.constantFrom('client', 'server', 'clienT'),
        bytes: fc.uint8Array({ maxLength: 600 }),
        time: fc.constantFrom(
          at,
          '2026-01-31T09:05:59.999999Z',
          '2026-13-31T09:05:00.000001Z',
          '2026-01-31T09:05:00.00000xZ',
          '2026-01-31T09:05:00.0000001',
        ),
        hits: fc.array(
          fc.record({ at: fc.nat(), byte: fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(0x22, 0x5c, 0x3d, 0x2d, 0x20)) }),
          { maxLength: 2 },
        ),
      })
      .map(({ id, from, bytes, time, hits }) => {
        const raw = Buffer.from(lineOf(id, from, bytes, time));
        for (const hit of hits) raw[hit.at % raw.length] = hit.byte;
        return raw;
      });
    fc.assert(fc.property(mutated, agrees), { numRuns: 4000 });
  });

  it('is told by its exchange, without being read', () => {
    const raw = Buffer.from(lineOf('12', 'client', new Uint8Array(3)));
    expect(['12', '1', '123'].map((id) => lineIsOf(raw, Buffer.from(JSON.stringify(id))))).toEqual([true, false, false]);
    expect(lineIsOf(Buffer.from(`{ "at": "${at}" }`), Buffer.from('"12"'))).toBeUndefined();
  });
});

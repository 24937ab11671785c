import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createJsonPieces, type Path, type Piece, type Wish } from '../../../src/formats/har/json-pieces.js';

const wish = (path: Path): Wish => {
  if (path.length === 0) return 'enter';
  if (path.length === 1) return path[0] === 'list' ? 'enter' : 'skip';
  if (path.length === 2) return 'take';
  return path.length === 3 && path[2] === 'many' ? 'hole' : 'skip';
};

const piecesOf = (json: string, { size, limit = 1_000_000 }: { size: number; limit?: number }) => {
  const bytes = Buffer.from(json);
  const pieces = createJsonPieces({ wish, limit });
  const found: Piece[] = [];
  for (let at = 0; at < bytes.length; at += size) found.push(...pieces.push(bytes.subarray(at, at + size)));
  return { found, pieces, bytes };
};

const member = fc.oneof(
  fc.jsonValue(),
  fc.record({ many: fc.array(fc.jsonValue(), { maxLength: 4 }), other: fc.jsonValue(), 'ma"ny': fc.jsonValue() }),
);

describe('JSON cut into pieces', () => {
  it('has each member as it is, however it is cut into chunks, and every hole where it lies', () => {
    fc.assert(
      fc.property(
        fc.array(member, { maxLength: 5 }),
        fc.jsonValue(),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom(0, 2),
        (list, beside, size, indent) => {
          const json = JSON.stringify({ beside, list, behind: beside }, null, indent);
          const { found, pieces, bytes } = piecesOf(json, { size });
          expect(pieces.done).toBe(true);
          expect(pieces.broken).toBe('');
          expect(found.map(({ path }) => path)).toEqual(list.map((_, index) => ['list', index]));
          const whole = found.map(({ text, holes }) => {
            const value = JSON.parse(text ?? 'null') as Record<string, unknown>;
            for (const { key, from, to } of holes) value[key] = JSON.parse(bytes.subarray(from, to).toString());
            return value;
          });
          expect(whole).toEqual(JSON.parse(JSON.stringify(list)));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('tells that a piece is over the limit, and reads the next one', () => {
    const json = JSON.stringify({ list: [{ a: 'x'.repeat(5000) }, { b: 1 }] });
    const { found } = piecesOf(json, { size: 100, limit: 1000 });
    expect(found.map(({ text, why }) => text ?? why)).toEqual(['is over 0 MiB', '{"b":1}']);
  });

  it('does not count the bytes of a hole', () => {
    const { found } = piecesOf(JSON.stringify({ list: [{ many: ['x'.repeat(5000)], b: 1 }] }), { size: 100, limit: 1000 });
    expect(found[0]?.text).toBe('{"many":[],"b":1}');
  });

  it('bears a depth of a million', () => {
    const { found, pieces } = piecesOf(
      `{"list":[{"a":${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}},{"b":1}],"x":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`,
      { size: 65_536, limit: 1e9 },
    );
    expect(found.map(({ text, why }) => text ?? why)).toEqual(['is nested over 500 deep', '{"b":1}']);
    expect(pieces.done).toBe(true);
  });

  it.each([
    ['{"list":[1,]}', 'it is no JSON from byte 11 on'],
    ['{"list" 1}', 'it is no JSON from byte 8 on'],
    ['{list:1}', 'it is no JSON from byte 1 on'],
  ])('stops at what is no JSON: %s', (json, why) => {
    expect(piecesOf(json, { size: 1 }).pieces.broken).toBe(why);
  });

  it('never throws, whatever bytes come', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('{', '}', '[', ']', '"', '\\', ',', ':', 'list', '1', ' ', 'a')),
        fc.integer({ min: 1, max: 9 }),
        (words, size) => {
          const { pieces } = piecesOf(words.join(''), { size });
          expect(typeof pieces.broken).toBe('string');
        },
      ),
      { numRuns: 1000 },
    );
  });
});

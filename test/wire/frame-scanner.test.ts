import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyTally, type FrameTally, opcodes } from '../../src/model/frame.js';
import { createFrameDecoder } from '../../src/wire/frame-decoder.js';
import { encodeFrame } from '../../src/wire/frame-encoder.js';
import { createFrameScanner } from '../../src/wire/frame-scanner.js';
import { createMessageAssembler } from '../../src/wire/messages.js';
import { brokenRows } from './broken-frame-table.js';
import { type FrameRow, validRows } from './frame-table.js';
import { bytesOf, cutAt, everySplit, pieces } from './streams.js';

const scan = (chunks: readonly Uint8Array[], row: Pick<FrameRow, 'from' | 'deflate'>): FrameTally => {
  const scanner = createFrameScanner(row.from, { rsv1: row.deflate === true });
  for (const chunk of chunks) scanner.push(chunk);
  scanner.end();
  return scanner.tally();
};

const count = (row: FrameRow, type: string) => row.messages.filter((message) => message.startsWith(type)).length;

describe('the frame scanner', () => {
  it.each([...validRows, ...brokenRows])('reads $name, however it is split', (row) => {
    const stream = bytesOf(row.hex);
    const expected = {
      frames: row.frames,
      messages: count(row, 'text') + count(row, 'binary'),
      pings: count(row, 'ping'),
      pongs: count(row, 'pong'),
      bytes: stream.length,
      close: row.close ? { code: row.close[0], reason: row.close[1] } : null,
      defects: row.defects,
      firstBytes: Buffer.from(stream.subarray(0, 64)).toString('latin1'),
    };
    for (const chunks of everySplit(stream)) {
      const tally = scan(chunks, row);
      expect({ ...tally, defects: tally.defects.map(({ code, offset }) => `${code}@${offset}`) }).toEqual(expected);
    }
  });

  it('starts with an empty tally', () => {
    expect(createFrameScanner('client').tally()).toEqual(emptyTally);
  });

  it('counts a frame when its last byte has come', () => {
    const scanner = createFrameScanner('server');
    scanner.push(bytesOf('81 02 61'));
    expect(scanner.tally()).toMatchObject({ frames: 0, messages: 0, bytes: 3 });
    scanner.push(bytesOf('62'));
    expect(scanner.tally()).toMatchObject({ frames: 1, messages: 1, bytes: 4 });
  });

  it('gives tallies that later frames do not change', () => {
    const scanner = createFrameScanner('server');
    scanner.push(bytesOf('a1 00'));
    const before = scanner.tally();
    scanner.push(bytesOf('a1 00'));
    expect(before).toMatchObject({ frames: 1, defects: [{ code: 'rsv', offset: 0 }] });
    expect(scanner.tally()).toMatchObject({ frames: 2, defects: [{ offset: 0 }, { offset: 2 }] });
  });

  it('keeps the first Close frame of two', () => {
    expect(scan([bytesOf('88 02 03e8 88 02 03e9')], { from: 'server' })).toMatchObject({ frames: 2, close: { code: 1000, reason: '' } });
  });

  it('keeps 20 defects and goes on counting', () => {
    const tally = scan([bytesOf('a1 00'.repeat(1000))], { from: 'server' });
    expect(tally.frames).toBe(1000);
    expect(tally.defects.map(({ offset }) => offset)).toEqual([...Array(20).keys()].map((frame) => frame * 2));
  });

  it('counts bytes after a length that cannot be skipped, and nothing else', () => {
    const chunks = ['82 7f ffffffffffffffff', '81 00 a1 00', '88 00'].map(bytesOf);
    expect(scan(chunks, { from: 'server' })).toMatchObject({
      frames: 0,
      messages: 0,
      bytes: 16,
      close: null,
      defects: [{ code: 'length' }],
    });
  });

  it('finds the offset of a frame behind 4 GiB', () => {
    const scanner = createFrameScanner('server');
    const chunk = new Uint8Array(1024 * 1024);
    scanner.push(bytesOf('82 7f 0000000100000000'));
    for (let mebibyte = 0; mebibyte < 4096; mebibyte++) scanner.push(chunk);
    scanner.push(bytesOf('83 00'));
    expect(scanner.tally()).toMatchObject({ frames: 2, bytes: 2 ** 32 + 12 });
    expect(scanner.tally().defects.map(({ code, offset }) => `${code}@${offset}`)).toEqual(['too-big@0', `opcode@${2 ** 32 + 10}`]);
  });

  it('says the end inside a frame once', () => {
    const scanner = createFrameScanner('server');
    scanner.push(bytesOf('81 05 48'));
    scanner.end();
    scanner.end();
    expect(scanner.tally().defects).toEqual([{ code: 'truncated', offset: 0, note: 'the stream ended 4 bytes before the end of a frame' }]);
  });

  it('leaves the chunk as it was', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.constantFrom('client', 'server'), (chunk, from) => {
        const before = Uint8Array.from(chunk);
        scan([chunk], { from });
        expect(chunk).toEqual(before);
      }),
    );
  });

  it('takes any bytes without throwing, and the same ones alike however they are split', () => {
    fc.assert(
      fc.property(
        pieces(fc.uint8Array({ maxLength: 2000 })),
        fc.constantFrom('client', 'server'),
        fc.boolean(),
        (chunks, from, deflate) => {
          const row = { from, ...(deflate && { deflate: true as const }) };
          expect(scan(chunks, row)).toEqual(scan([Buffer.concat(chunks)], row));
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('scanner and decoder', () => {
  const frame = fc.record({
    fin: fc.boolean(),
    rsv1: fc.boolean(),
    opcode: fc.constantFrom(0, 0, 1, 1, 2, 3, 8, 9, 10, 11),
    payload: fc.oneof(fc.uint8Array({ maxLength: 8 }), fc.uint8Array({ minLength: 120, maxLength: 140 })),
    masked: fc.boolean(),
  });
  const sequences = fc.array(frame, { maxLength: 20 }).map((frames) => {
    const maskKey = bytesOf('1122ff44');
    return Buffer.concat(frames.map(({ masked, ...rest }) => encodeFrame(masked ? { ...rest, maskKey } : rest)));
  });

  it('agree on every count for random frames in random pieces', () => {
    fc.assert(
      fc.property(sequences, fc.array(fc.nat(3000), { maxLength: 10 }), fc.constantFrom('client', 'server'), (stream, cuts, from) => {
        const tally = scan(cutAt(stream, cuts), { from });
        const decoder = createFrameDecoder({ from });
        const assembler = createMessageAssembler({ from });
        const frames = cutAt(stream, cuts).flatMap((chunk) => decoder.push(chunk));
        const types = frames.map((each) => assembler.push(each)?.type);
        const data = types.filter((type) => type === 'text' || type === 'binary');
        expect(tally.frames).toBe(frames.length);
        expect(tally.messages).toBe(data.length);
        expect(tally.pings).toBe(frames.filter(({ header }) => header.opcode === opcodes.ping).length);
        expect(tally.pongs).toBe(frames.filter(({ header }) => header.opcode === opcodes.pong).length);
        expect(tally.bytes).toBe(frames.reduce((sum, { wireBytes }) => sum + wireBytes, 0));
      }),
      { numRuns: 500 },
    );
  });
});

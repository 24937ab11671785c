import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFrameDecoder } from '../../src/wire/frame-decoder.js';
import { closePayload, encodeFrame, encodeMessage } from '../../src/wire/frame-encoder.js';
import { brokenRows } from './broken-frame-table.js';
import { validRows } from './frame-table.js';
import { bytesOf, cutAt, everySplit, hexOf, pieces } from './streams.js';

const decode = (chunks: readonly Uint8Array[], maxPayload?: number) => {
  const decoder = createFrameDecoder({ from: 'client', ...(maxPayload !== undefined && { maxPayload }) });
  return chunks.flatMap((chunk) => decoder.push(chunk));
};

describe('the frame decoder', () => {
  it('gives header, offset, unmasked payload and size on the wire', () => {
    const frames = decode([bytesOf('89 80 01020304 81 85 37fa213d 7f9f4d5158')]);
    expect(frames.map(({ header, payload, ...rest }) => ({ opcode: header.opcode, payload: hexOf(payload), ...rest }))).toEqual([
      { opcode: 9, payload: '', from: 'client', offset: 0, cut: false, wireBytes: 6 },
      { opcode: 1, payload: '48656c6c6f', from: 'client', offset: 6, cut: false, wireBytes: 11 },
    ]);
  });

  it.each([...validRows, ...brokenRows])('reads $name the same however it is split', ({ hex, frames }) => {
    const brief = (chunks: readonly Uint8Array[]) => decode(chunks).map(({ payload, ...rest }) => ({ ...rest, payload: hexOf(payload) }));
    const whole = brief([bytesOf(hex)]);
    expect(whole).toHaveLength(frames);
    for (const chunks of everySplit(bytesOf(hex))) expect(brief(chunks)).toEqual(whole);
  });

  it('cuts a payload at the limit, unmasked, and says its true length', () => {
    for (const chunks of everySplit(bytesOf('81 85 37fa213d 7f9f4d5158 81 80 00000000'))) {
      const [first, second] = decode(chunks, 3);
      expect(first).toMatchObject({ payload: bytesOf('48656c'), cut: true, header: { length: 5 }, wireBytes: 11 });
      expect(second).toMatchObject({ cut: false, offset: 11 });
    }
  });

  it('keeps nothing of the chunk', () => {
    const chunk = bytesOf('81 02 6162');
    const [frame] = decode([chunk]);
    chunk.fill(0);
    expect(frame?.payload).toEqual(bytesOf('6162'));
  });

  it('takes memory for what has come and not for what was announced', () => {
    const before = process.memoryUsage().arrayBuffers;
    const decoders = [...Array(200)].map(() => createFrameDecoder({ from: 'server', maxPayload: 2 ** 30 }));
    for (const decoder of decoders) decoder.push(bytesOf('82 7f 0000000040000000 00'));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * 2 ** 20);
  });

  it('gives no frame after a length that cannot be skipped', () => {
    expect(decode([bytesOf('82 7f ffffffffffffffff 8100'), bytesOf('8100')])).toEqual([]);
  });

  it('takes any bytes without throwing', () => {
    fc.assert(
      fc.property(pieces(fc.uint8Array({ maxLength: 2000 })), (chunks) => {
        expect(decode(chunks)).toEqual(decode([Buffer.concat(chunks)]));
      }),
    );
  });
});

describe('the frame encoder', () => {
  const key = fc.option(fc.uint8Array({ minLength: 4, maxLength: 4 }), { nil: undefined });
  const size = fc.oneof(fc.nat(130), fc.constantFrom(125, 126, 127, 65535, 65536, 70000));

  it('writes what the decoder reads', () => {
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.boolean(),
        fc.nat(15),
        size,
        key,
        fc.array(fc.nat(70020), { maxLength: 5 }),
        (fin, rsv1, opcode, bytes, maskKey, cuts) => {
          const payload = Uint8Array.from({ length: bytes }, (_, index) => (index * 7 + opcode) & 0xff);
          const stream = encodeFrame({ fin, rsv1, opcode, payload, ...(maskKey && { maskKey }) });
          const [frame, ...more] = decode(cutAt(stream, cuts));
          expect(more).toEqual([]);
          expect(frame).toMatchObject({
            header: { fin, rsv1, opcode, masked: maskKey !== undefined, length: bytes },
            wireBytes: stream.length,
          });
          expect(Buffer.compare(frame?.payload ?? new Uint8Array(0), payload)).toBe(0);
        },
      ),
    );
  });

  it.each([
    ['the shortest length for 125 bytes', 125, '827d'],
    ['16 bits for 126', 126, '827e007e'],
    ['16 bits for 65535', 65535, '827effff'],
    ['64 bits for 65536', 65536, '827f0000000000010000'],
  ])('uses %s', (_, bytes, header) => {
    expect(hexOf(encodeFrame({ fin: true, opcode: 2, payload: new Uint8Array(bytes) })).slice(0, header.length)).toBe(header);
  });

  it('leaves the payload as it was', () => {
    const payload = bytesOf('616263');
    expect(hexOf(encodeFrame({ fin: true, opcode: 1, payload, maskKey: bytesOf('01020304') }))).toBe('8183010203046060' + '60');
    expect(hexOf(payload)).toBe('616263');
  });

  it('writes a message as one frame, or as several with a key each', () => {
    expect(hexOf(encodeMessage({ type: 'text', bytes: bytesOf('616263') }))).toBe('8103616263');
    expect(hexOf(encodeMessage({ type: 'binary', bytes: bytesOf('') }))).toBe('8200');
    expect(hexOf(encodeMessage({ type: 'text', bytes: bytesOf('616263'), maxFrame: 2, compressed: true }))).toBe('41026162800163');
    const keys = [bytesOf('01010101'), bytesOf('02020202')];
    const nextKey = () => keys.shift() ?? bytesOf('00000000');
    expect(hexOf(encodeMessage({ type: 'text', bytes: bytesOf('6162'), maxFrame: 1, nextKey }))).toBe('018101010101608081020202' + '0260');
  });

  it('writes the payload of a Close frame', () => {
    expect([closePayload(), closePayload(1000), closePayload(4001, 'né')].map(hexOf)).toEqual(['', '03e8', '0fa16ec3a9']);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeFrame } from '../../src/wire/frame-encoder.js';
import { createFrameScanner } from '../../src/wire/frame-scanner.js';
import { createFrameSplitter, type Split, type SplitterOptions } from '../../src/wire/frame-splitter.js';
import { bytesOf, cutAt, everySplit, hexOf, pieces } from './streams.js';

const maxPayload = 300;
const split = (chunks: readonly Uint8Array[], options: Partial<SplitterOptions> = {}) => {
  const splitter = createFrameSplitter({ maxPayload, ...options });
  const parts = chunks.flatMap((chunk) => splitter.push(chunk));
  return { parts, rest: splitter.rest(), splitter };
};
const rawOf = (part: Split): Uint8Array => (part.type === 'frame' ? part.raw : part.bytes);
const joined = ({ parts, rest }: { readonly parts: readonly Split[]; readonly rest: Uint8Array }): string =>
  hexOf(Buffer.concat([...parts.map(rawOf), rest]));
const framesOf = (parts: readonly Split[]) =>
  parts.flatMap((part) => (part.type === 'frame' ? [{ opcode: part.header.opcode, payload: hexOf(part.payload) }] : []));

const frames = fc
  .array(
    fc.record({
      opcode: fc.constantFrom(0, 1, 2, 3, 8, 9, 10, 15),
      fin: fc.boolean(),
      payload: fc.oneof(fc.uint8Array({ maxLength: 20 }), fc.uint8Array({ minLength: 120, maxLength: 400 })),
      key: fc.option(fc.uint8Array({ minLength: 4, maxLength: 4 })),
    }),
    { maxLength: 8 },
  )
  .map((list) => list.map(({ key, ...frame }) => encodeFrame({ ...frame, ...(key && { maskKey: key }) })));

describe('the splitter of frames', () => {
  it('gives each frame whole, unmasked and with its own bytes', () => {
    // Text "hi", masked Ping "ab" with the key 01020304, Close without payload.
    const stream = bytesOf('8102 6869 8982 01020304 6060 8800');
    expect(split([stream]).parts).toEqual([
      expect.objectContaining({ type: 'frame', payload: bytesOf('6869'), raw: Buffer.from(bytesOf('81026869')) }),
      expect.objectContaining({ type: 'frame', payload: bytesOf('6162'), raw: Buffer.from(bytesOf('8982010203046060')) }),
      expect.objectContaining({ type: 'frame', payload: new Uint8Array(0), raw: Buffer.from(bytesOf('8800')) }),
    ]);
  });

  it('gives the same frames however the stream is cut', () => {
    const stream = Buffer.concat([
      bytesOf('8102 6869 8982 01020304 6060'),
      encodeFrame({ fin: true, opcode: 2, payload: Buffer.alloc(200, 7) }),
      bytesOf('8800'),
    ]);
    const wanted = framesOf(split([stream]).parts);
    expect(wanted).toHaveLength(4);
    for (const chunks of everySplit(stream)) expect(framesOf(split(chunks).parts)).toEqual(wanted);
  });

  it('never loses, adds or changes a byte, whatever comes', () => {
    const anything = fc.oneof(
      fc.uint8Array({ maxLength: 600 }),
      frames.map((list) => new Uint8Array(Buffer.concat(list))),
    );
    fc.assert(
      fc.property(pieces(anything), (chunks) => {
        expect(joined(split(chunks))).toBe(hexOf(Buffer.concat(chunks)));
      }),
    );
  });

  it('does not write over bytes that it gave, though more come', () => {
    const splitter = createFrameSplitter({ maxPayload });
    const [first] = splitter.push(bytesOf('8102 6869 8105 68'));
    splitter.push(bytesOf('656c6c6f'));
    expect(hexOf(first ? rawOf(first) : new Uint8Array(0))).toBe('81026869');
  });

  it('keeps what it was given though the chunk is used again', () => {
    const chunk = Buffer.from(bytesOf('8102 6869'));
    const [first] = createFrameSplitter({ maxPayload }).push(chunk);
    chunk.fill(0);
    expect(hexOf(first ? rawOf(first) : new Uint8Array(0))).toBe('81026869');
  });

  it('lets a frame go by that is too long, tells its header once, and finds the next one', () => {
    const long = encodeFrame({ fin: false, opcode: 2, payload: Buffer.alloc(301, 1) });
    const stream = Buffer.concat([long, bytesOf('8102 6869')]);
    for (const chunks of everySplit(stream)) {
      const { parts, rest } = split(chunks);
      expect(joined({ parts, rest })).toBe(hexOf(stream));
      expect(framesOf(parts)).toEqual([{ opcode: 1, payload: '6869' }]);
      const headers = parts.flatMap((part) => (part.type === 'bytes' && part.header ? [part.header] : []));
      expect(headers).toEqual([expect.objectContaining({ fin: false, opcode: 2, length: 301 })]);
    }
  });

  it('finds no more frames behind a length that nobody can count with', () => {
    for (const length of ['ffffffffffffffff', '0020000000000000']) {
      const stream = bytesOf(`817f ${length} 8102 6869`);
      for (const chunks of everySplit(stream)) {
        const { parts, rest } = split(chunks);
        expect(framesOf(parts)).toEqual([]);
        expect(joined({ parts, rest })).toBe(hexOf(stream));
      }
    }
  });

  it('takes a frame of a MiB that comes byte by byte in a time that grows with its length', () => {
    const frame = encodeFrame({ fin: true, opcode: 2, payload: Buffer.alloc(1024 * 1024, 5) });
    const splitter = createFrameSplitter({ maxPayload: 2 ** 24 });
    const found: Split[] = [];
    for (let at = 0; at < frame.length; at++) found.push(...splitter.push(frame.subarray(at, at + 1)));
    expect(found.map(({ type }) => type)).toEqual(['frame']);
  }, 5000);

  it('begins at the next frame wherever the stream stood when it was taken in hand', () => {
    fc.assert(
      fc.property(frames, fc.nat(), fc.array(fc.nat(2000), { maxLength: 6 }), (list, place, cuts) => {
        const stream = Buffer.concat(list);
        const at = stream.length === 0 ? 0 : place % (stream.length + 1);
        const scanner = createFrameScanner('client');
        scanner.push(stream.subarray(0, at));
        const resume = scanner.resume();
        if (!resume) return;
        const { parts, rest } = split(cutAt(stream.subarray(at), cuts), { resume, maxPayload: 1000 });
        expect(joined({ parts, rest })).toBe(hexOf(stream.subarray(at)));
        const starts = list.map((_, index) => list.slice(0, index).reduce((sum, { length }) => sum + length, 0));
        const whole = list.filter((_, index) => (starts[index] ?? 0) >= at).map((frame) => hexOf(frame));
        expect(parts.flatMap((part) => (part.type === 'frame' ? [hexOf(part.raw)] : []))).toEqual(whole);
      }),
    );
  });

  it('finds nothing where nobody can say where the frames stand', () => {
    const { parts } = split([bytesOf('8102 6869')], { resume: { left: Number.POSITIVE_INFINITY, header: '', unfinished: false } });
    expect(parts).toEqual([{ type: 'bytes', bytes: bytesOf('81026869') }]);
  });

  it('says whether something may stand behind what it has given', () => {
    const resumed = createFrameSplitter({ maxPayload, resume: { left: 2, header: '', unfinished: false } });
    expect(resumed.between).toBe(false);
    resumed.push(bytesOf('6869'));
    expect(resumed.between).toBe(true);
    // The begun frame is held, and nothing of it is out.
    resumed.push(bytesOf('8105 68'));
    expect(resumed.between).toBe(true);
    const inHeader = createFrameSplitter({
      maxPayload,
      resume: { left: 0, header: Buffer.from([0x81]).toString('base64'), unfinished: false },
    });
    expect(inHeader.between).toBe(false);
    inHeader.push(bytesOf('02 6869'));
    expect(inHeader.between).toBe(true);
  });
});

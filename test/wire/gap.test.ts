import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FrameResume, type Gap, opcodes, type Sender } from '../../src/model/frame.js';
import { createFrameDecoder, type Frame } from '../../src/wire/frame-decoder.js';
import { encodeFrame, encodeMessage } from '../../src/wire/frame-encoder.js';
import { createFrameScanner } from '../../src/wire/frame-scanner.js';
import { createMessageWalker } from '../../src/wire/message-walker.js';
import { createMessageReader, type Message } from '../../src/wire/messages.js';
import { sideOfSession } from '../support/wire-traffic.js';
import { bytesOf, cutAt, takeover } from './streams.js';

const maxPayload = 1 << 20;
const framesOf = (from: Sender, stream: Uint8Array): Frame[] => createFrameDecoder({ from, maxPayload }).push(stream);

/** What the live scanner, which saw everything, says behind these bytes. */
const resumeBehind = (from: Sender, seen: Uint8Array): FrameResume | undefined => {
  const scanner = createFrameScanner(from, { rsv1: true });
  scanner.push(seen);
  return scanner.resume();
};

interface Holed {
  readonly from: Sender;
  readonly stream: Uint8Array;
  /** The first byte that is missing, and the first that is there again. */
  readonly start: number;
  readonly end: number;
  readonly cuts: readonly number[];
}

const holed: fc.Arbitrary<Holed> = fc
  .constantFrom('client' as const, 'server' as const)
  .chain((from) => fc.tuple(fc.constant(from), sideOfSession(from)))
  .chain(([from, stream]) => {
    const starts = framesOf(from, stream).flatMap(({ offset }) => [offset, offset + 1, offset + 3]);
    const place = fc.oneof(
      fc.nat({ max: stream.length }),
      fc.constantFrom(0, ...starts).map((at) => Math.min(at, stream.length)),
    );
    return fc.record({ place, other: place, cuts: fc.array(fc.nat(Math.max(1, stream.length)), { maxLength: 6 }) }).map((drawn) => ({
      ...{ from, stream, cuts: drawn.cuts },
      start: Math.min(drawn.place, drawn.other),
      end: Math.max(drawn.place, drawn.other),
    }));
  })
  .filter(({ start, end }) => start < end);

const inFront = ({ stream, start, cuts }: Holed) => cutAt(stream.subarray(0, start), cuts);
const behind = ({ stream, end, cuts }: Holed) => cutAt(stream.subarray(end), cuts);
const gapOf = ({ from, stream, start, end }: Holed): Gap => ({ bytes: end - start, resume: resumeBehind(from, stream.subarray(0, end)) });

const read = (hole: Holed, gap: Gap): Frame[] => {
  const decoder = createFrameDecoder({ from: hole.from, maxPayload });
  const first = inFront(hole).flatMap((chunk) => decoder.push(chunk));
  const hit = decoder.skip(gap).frames;
  return [...first, ...hit, ...behind(hole).flatMap((chunk) => decoder.push(chunk))];
};

/** What can be known of the true frames: those that the gap did not touch, and of the others those whose header is there. */
const knowable = ({ from, stream, start, end }: Holed): Frame[] =>
  framesOf(from, stream).flatMap((frame): Frame[] => {
    const body = frame.offset + frame.header.headerBytes;
    const last = frame.offset + frame.wireBytes;
    if (last <= start || frame.offset >= end || body > end) return [frame];
    if (body > start) return [];
    return [{ ...frame, payload: frame.payload.subarray(0, start - body), cut: true, lost: true }];
  });

describe('frames behind a gap', () => {
  it('are the true ones, wherever the gap begins and ends, and what it hit is given as cut', () => {
    fc.assert(
      fc.property(holed, (hole) => {
        expect(read(hole, gapOf(hole))).toEqual(knowable(hole));
      }),
      { numRuns: 100 },
    );
  });

  it('are not guessed at when nobody says where the next one begins', () => {
    fc.assert(
      fc.property(holed, (hole) => {
        const all = knowable(hole);
        const inside = framesOf(hole.from, hole.stream).some(({ offset, header, wireBytes }) => {
          const body = offset + header.headerBytes;
          return body <= hole.start && offset + wireBytes >= hole.end;
        });
        const known = inside ? all : all.filter(({ offset, header }) => offset + header.headerBytes <= hole.start);
        expect(read(hole, { bytes: hole.end - hole.start })).toEqual(known);
      }),
      { numRuns: 60 },
    );
  });

  it('are counted by the scanner without a defect that is not there', () => {
    fc.assert(
      fc.property(holed, (hole) => {
        const whole = createFrameScanner(hole.from, { rsv1: true });
        const scanner = createFrameScanner(hole.from, { rsv1: true });
        for (const chunk of inFront(hole)) scanner.push(chunk);
        scanner.skip(gapOf(hole));
        for (const chunk of behind(hole)) scanner.push(chunk);
        whole.push(hole.stream);
        const [found, truth] = [scanner.tally(), whole.tally()];
        // Of many defects only the first are kept, so that the gap may bring later ones to light.
        if (truth.defects.length < 20) for (const defect of found.defects) expect(truth.defects).toContainEqual(defect);
        expect(found.bytes).toBe(truth.bytes);
        expect(found.messages).toBeLessThanOrEqual(truth.messages);
        if (found.close) expect(found.close).toEqual(truth.close);
        expect(scanner.resume()).toEqual(whole.resume());
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ['a negative length', { left: -1, header: '', unfinished: false }],
    ['a length with a fraction', { left: 0.5, header: '', unfinished: false }],
    ['a header that is whole', { left: 0, header: Buffer.from('8100', 'hex').toString('base64'), unfinished: false }],
    ['a header that is too long', { left: 0, header: Buffer.alloc(200, 0xff).toString('base64'), unfinished: false }],
    ['a header inside a payload', { left: 5, header: 'gQ==', unfinished: false }],
  ])('are not looked for with a resume that makes no sense: %s', (_, resume) => {
    const decoder = createFrameDecoder({ from: 'server' });
    expect(decoder.skip({ bytes: 10, resume })).toEqual({ frames: [], torn: true });
    expect(decoder.push(bytesOf('81 01 61'))).toEqual([]);
    const scanner = createFrameScanner('server');
    scanner.skip({ bytes: 10, resume });
    scanner.push(bytesOf('81 01 61'));
    expect([scanner.tally().frames, scanner.resume()]).toEqual([0, undefined]);
  });
});

describe('messages around a gap', () => {
  const messagesOf = (from: Sender, stream: Uint8Array): Message[] => createMessageReader({ from, deflate: takeover }).push(stream);

  it('are true, or say what they lack', () => {
    fc.assert(
      fc.property(holed, (hole) => {
        const reader = createMessageReader({ from: hole.from, deflate: takeover });
        const found = [...inFront(hole).flatMap(reader.push), ...reader.skip(gapOf(hole)), ...behind(hole).flatMap(reader.push)];
        const truth = messagesOf(hole.from, hole.stream);
        let at = 0;
        for (const message of found) {
          if (message.lost || message.error?.includes('not in the recording')) continue;
          const same = truth.findIndex(
            (each, index) => index >= at && Buffer.compare(each.bytes, message.bytes) === 0 && each.type === message.type,
          );
          expect(same).not.toBe(-1);
          at = same + 1;
        }
      }),
      { numRuns: 100 },
    );
  });

  it.each([true, false])('are counted by the walker as the reader gives them (resume: %s)', (known) => {
    fc.assert(
      fc.property(holed, (hole) => {
        const gap = known ? gapOf(hole) : { bytes: hole.end - hole.start };
        const reader = createMessageReader({ from: hole.from, deflate: takeover });
        const found = [...inFront(hole).flatMap(reader.push), ...reader.skip(gap), ...behind(hole).flatMap(reader.push)];
        const walked: number[] = [];
        const walker = createMessageWalker({ message: ({ opcode }) => walked.push(opcode) });
        for (const chunk of inFront(hole)) walker.push(chunk);
        walker.skip(gap);
        for (const chunk of behind(hole)) walker.push(chunk);
        expect(walked).toEqual(found.map(({ type }) => opcodes[type]));
      }),
      { numRuns: 150 },
    );
  });

  const utf8 = (text: string) => new Uint8Array(Buffer.from(text));
  const text = (bytes: string) => encodeMessage({ type: 'text', bytes: Buffer.from(bytes) });

  it('the one that the gap hit is cut, with its length', () => {
    const reader = createMessageReader({ from: 'server' });
    const long = text('x'.repeat(1000));
    expect(reader.push(long.subarray(0, 104))).toEqual([]);
    expect(reader.skip({ bytes: 900, resume: { left: 0, header: '', unfinished: false } })).toMatchObject([
      { type: 'text', bytes: new Uint8Array(100).fill(0x78), length: 1000, wireBytes: 1004, cut: true, lost: true },
    ]);
    expect(reader.push(text('next'))).toMatchObject([{ bytes: utf8('next'), cut: false }]);
  });

  it('fragments of a message whose beginning is missing make none', () => {
    const reader = createMessageReader({ from: 'server' });
    expect(reader.skip({ bytes: 5, resume: { left: 0, header: '', unfinished: true } })).toEqual([]);
    const end = encodeFrame({ fin: true, opcode: 0, payload: Buffer.from('end') });
    expect(reader.push(end)).toEqual([]);
    expect(reader.push(text('next'))).toMatchObject([{ bytes: utf8('next') }]);
  });

  it('an unfinished one is given, cut, when frames are missing', () => {
    const reader = createMessageReader({ from: 'server' });
    expect(reader.push(encodeFrame({ fin: false, opcode: 1, payload: Buffer.from('begin') }))).toEqual([]);
    expect(reader.skip({ bytes: 7 })).toMatchObject([{ type: 'text', bytes: utf8('begin'), length: 5, cut: true, lost: true }]);
    expect(reader.push(text('garbage?'))).toEqual([]);
  });
});

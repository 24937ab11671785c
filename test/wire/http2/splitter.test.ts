import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flags, frameTypes, preface, writeFrame } from '../../../src/wire/http2/frame.js';
import { createSplitter, type Part } from '../../../src/wire/http2/splitter.js';

const feed = (from: 'client' | 'server', bytes: Buffer, cuts: readonly number[]): { parts: Part[]; held: Buffer } => {
  const splitter = createSplitter(from);
  const places = [...new Set([0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])].toSorted((a, b) => a - b);
  const parts = places.flatMap((place, i) => (i === 0 ? [] : [...splitter.push(bytes.subarray(places[i - 1], place))]));
  return { parts, held: splitter.held() };
};

const anyFrame = fc
  .record({ type: fc.integer({ min: 0, max: 12 }), flags: fc.nat(255), stream: fc.nat(9), payload: fc.uint8Array({ maxLength: 40 }) })
  .map(({ payload, ...head }) => writeFrame(head, payload));

describe('splitting HTTP/2 into frames', () => {
  it('gives back every byte in its order, wherever the chunks are cut', () => {
    fc.assert(
      fc.property(fc.array(anyFrame, { maxLength: 8 }), fc.array(fc.nat(400), { maxLength: 10 }), (frames, cuts) => {
        const bytes = Buffer.concat([Buffer.from(preface), ...frames]);
        const { parts, held } = feed('client', bytes, cuts);
        expect(Buffer.concat([...parts.map(({ raw }) => raw), held])).toEqual(bytes);
        expect(held).toHaveLength(0);
      }),
    );
  });

  it('reads the same payloads wherever the chunks are cut', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(20), fc.array(fc.nat(200), { maxLength: 10 }), (data, padding, cuts) => {
        const padded = writeFrame(
          { type: frameTypes.data, flags: flags.padded, stream: 1 },
          Buffer.concat([Buffer.of(padding), data, Buffer.alloc(padding)]),
        );
        const { parts } = feed('server', padded, cuts);
        expect(Buffer.concat(parts.map((part) => ('payload' in part ? part.payload : Buffer.alloc(0))))).toEqual(Buffer.from(data));
        expect(parts.map((part) => part.type === 'piece' && part.last).filter(Boolean)).toHaveLength(1);
      }),
    );
  });

  it('does not wait for the end of a DATA frame', () => {
    const frame = writeFrame({ type: frameTypes.data, flags: 0, stream: 1 }, Buffer.from('hello'));
    const splitter = createSplitter('server');
    expect(splitter.push(frame.subarray(0, 11))).toMatchObject([{ type: 'piece', first: true, last: false, payload: Buffer.from('he') }]);
    expect(splitter.inFrame()).toBe(true);
    expect(splitter.push(frame.subarray(11))).toMatchObject([{ type: 'piece', first: false, last: true, payload: Buffer.from('llo') }]);
  });

  it('hands on unread what does not begin with the preface, and all behind it', () => {
    const splitter = createSplitter('client');
    expect(splitter.push(Buffer.from('GET / HTTP/1.1\r\n'))).toMatchObject([{ type: 'broken', raw: Buffer.from('GET / HTTP/1.1\r\n') }]);
    expect(splitter.push(Buffer.from('\r\n'))).toMatchObject([{ type: 'broken', raw: Buffer.from('\r\n') }]);
  });

  it('hands on unread a frame that would be too long to hold', () => {
    const splitter = createSplitter('server');
    const head = Buffer.from('ffffff0104 00000001'.replaceAll(' ', ''), 'hex');
    expect(splitter.push(head)).toMatchObject([{ type: 'broken', raw: head }]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDirection, type Handlers } from '../../src/proxy/http2/direction.js';
import { flags, frameTypes, writeFrame, writeHeaders } from '../../src/wire/http2/frame.js';
import { writeHeaderBlock } from '../../src/wire/http2/hpack.js';

/** Handlers that change nothing, and note what was read. */
const watching = (more: Partial<Handlers> = {}) => {
  const seen = { blocks: 0, unread: 0, broken: 0 };
  const handlers: Handlers = {
    block: () => {
      seen.blocks += 1;
      return true;
    },
    piece: () => true,
    frame: () => true,
    broken: () => {
      seen.broken += 1;
    },
    unread: (raw) => {
      seen.unread += raw.length;
    },
    ...more,
  };
  return { seen, direction: createDirection('server', { handlers, write: () => {} }) };
};

const headers = writeHeaders(1, writeHeaderBlock([[':status', '200']]), false);
const data = writeFrame({ type: frameTypes.data, flags: 0, stream: 1 }, Buffer.from('hello'));

describe('one direction of HTTP/2', () => {
  it('says what it heard, byte for byte, wherever the chunks are cut, be it frames or not', () => {
    const frame = fc.oneof(
      fc.constant(headers),
      fc.constant(data),
      fc
        .record({ type: fc.nat(12), flags: fc.nat(255), stream: fc.nat(5), payload: fc.uint8Array({ maxLength: 30 }) })
        .map(({ payload, ...head }) => writeFrame(head, payload)),
    );
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 8 }), fc.array(fc.nat(300), { maxLength: 8 }), (frames, cuts) => {
        const bytes = Buffer.concat(frames);
        const places = [...new Set([0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])].toSorted((a, b) => a - b);
        const { direction } = watching();
        const said = places.flatMap((place, i) => (i === 0 ? [] : [direction.push(bytes.subarray(places[i - 1], place))]));
        expect(Buffer.concat([...said, direction.flush()])).toEqual(bytes);
      }),
    );
  });

  it('hands on the very chunk, uncopied, where nothing is changed', () => {
    const { direction, seen } = watching();
    const chunk = Buffer.concat([headers, data, data]);
    expect(direction.push(chunk)).toBe(chunk);
    expect(seen.blocks).toBe(1);
    const dropping = watching({ piece: () => false }).direction;
    expect(dropping.push(chunk)).toEqual(headers);
  });

  it('takes no square of the time over a block of empty CONTINUATION frames, and holds no more than its bound', () => {
    const { direction, seen } = watching();
    const open = writeFrame({ type: frameTypes.headers, flags: 0, stream: 1 }, Buffer.from([0x88]));
    const empty = writeFrame({ type: frameTypes.continuation, flags: 0, stream: 1 });
    const flood = Buffer.concat([open, ...Array.from({ length: 60_000 }, () => empty)]);
    expect(direction.push(flood)).toEqual(flood);
    expect(seen).toMatchObject({ blocks: 0, broken: 1 });
    expect(seen.unread).toBe(flood.length);
  });

  it('puts what it is to say between frames and never into one', () => {
    const { direction } = watching();
    const ping = writeFrame({ type: frameTypes.ping, flags: flags.ack, stream: 0 }, Buffer.alloc(8));
    const first = direction.push(data.subarray(0, 11));
    direction.say(() => ping);
    const second = direction.push(data.subarray(11));
    expect(Buffer.concat([first, second])).toEqual(Buffer.concat([data, ping]));
  });
});

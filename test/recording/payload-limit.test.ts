import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Event } from '../../src/model/event.js';
import type { Sender } from '../../src/model/frame.js';
import { createPayloadLimit } from '../../src/recording/payload-limit.js';
import type { Recorder } from '../../src/recording/recorder.js';
import { createFrameDecoder } from '../../src/wire/frame-decoder.js';
import { encodeFrame, encodeMessage } from '../../src/wire/frame-encoder.js';
import { createMessageReader, type Message } from '../../src/wire/messages.js';
import { sideOfSession } from '../support/wire-traffic.js';
import { cutAt, takeover } from '../wire/streams.js';
import { closedEvent, epoch, steppingClock } from './support/events.js';

type Kept = { readonly bytes: string } | Event;

/** What reaches the recorder behind the limit. */
const limited = (limit: number, frames = true) => {
  const kept: Kept[] = [];
  const recorder: Recorder = {
    path: null,
    event: (event) => void kept.push(event),
    bytes: (_id, _from, chunk) => void kept.push({ bytes: Buffer.from(chunk).toString('latin1') }),
    flush: async () => {},
    close: async () => {},
  };
  const lost: Event[] = [];
  const { around, resumeOf } = createPayloadLimit({
    ...{ limit, clock: steppingClock() },
    framesDue: () => frames,
    onLost: (event) => lost.push(event),
  });
  return { ...around(recorder), kept, lost, resumeOf };
};

const readBack = (kept: readonly Kept[], from: Sender): Message[] => {
  const reader = createMessageReader({ from, deflate: takeover });
  return kept.flatMap((each) => {
    if ('bytes' in each && typeof each.bytes === 'string') return reader.push(Buffer.from(each.bytes, 'latin1'));
    return 'type' in each && each.type === 'bytes-lost' ? reader.skip(each) : [];
  });
};
const text = (length: number, maxFrame = length) => encodeMessage({ type: 'text', bytes: Buffer.alloc(length, 'x'), maxFrame });

describe('--max-payload', () => {
  it('keeps the beginning of a message, and marks the rest with its length', async () => {
    const recorder = limited(10);
    recorder.bytes('1', 'server', Buffer.concat([text(1000), text(5)]), epoch);
    expect(recorder.kept).toMatchObject([
      { bytes: expect.stringMatching(/^.{4}x{10}$/s) },
      { type: 'bytes-lost', from: 'server', bytes: 990, why: 'max-payload', resume: { left: 0, header: '', unfinished: false } },
      { bytes: Buffer.from(text(5)).toString('latin1') },
    ]);
    expect(readBack(recorder.kept, 'server')).toMatchObject([
      { length: 1000, wireBytes: 1004, cut: true, lost: true },
      { length: 5, cut: false },
    ]);
    expect(recorder.lost).toHaveLength(1);
  });

  it('counts the payload of all fragments together, and knows the length of the whole', () => {
    const recorder = limited(1500);
    recorder.bytes('1', 'server', Buffer.concat([text(9000, 3000), text(1)]), epoch);
    expect(readBack(recorder.kept, 'server')).toMatchObject([
      { length: 9000, frames: 3, bytes: new Uint8Array(1500).fill(0x78), lost: true },
      { length: 1, cut: false },
    ]);
  });

  it('is told soon, also of a message that never ends', async () => {
    const recorder = limited(10);
    recorder.bytes('1', 'server', text(100_000).subarray(0, 5000), epoch);
    await expect.poll(() => recorder.lost).toMatchObject([{ bytes: 4980, resume: { left: 95_010 } }]);
    recorder.bytes('1', 'server', Buffer.alloc(10), epoch);
    recorder.event(closedEvent('1'));
    expect(recorder.kept.slice(-2)).toMatchObject([{ type: 'bytes-lost', bytes: 10 }, { type: 'closed' }]);
  });

  it('leaves out tiny fragments with their headers, for which the marks would take more room', () => {
    const recorder = limited(4);
    const fragments = Array.from({ length: 5000 }, () => encodeFrame({ fin: false, opcode: 0, payload: Buffer.from('y') }));
    const last = encodeFrame({ fin: true, opcode: 0, payload: Buffer.from('z') });
    recorder.bytes(
      '1',
      'server',
      Buffer.concat([encodeFrame({ fin: false, opcode: 1, payload: Buffer.from('abcd') }), ...fragments, last, text(3)]),
      epoch,
    );
    expect(recorder.kept).toHaveLength(3);
    expect(readBack(recorder.kept, 'server')).toMatchObject([
      { bytes: new Uint8Array(Buffer.from('abcd')), lost: true },
      { length: 3, cut: false },
    ]);
  });

  it('bounds each side of what is no WebSocket', () => {
    const recorder = limited(100, false);
    for (let index = 0; index < 5; index++) recorder.bytes('1', 'server', Buffer.alloc(60), epoch);
    recorder.bytes('1', 'client', Buffer.alloc(60), epoch);
    recorder.event(closedEvent('1'));
    const kept = recorder.kept.reduce((sum, each) => sum + ('bytes' in each && typeof each.bytes === 'string' ? each.bytes.length : 0), 0);
    expect(kept).toBe(160);
    expect(recorder.lost).toMatchObject([{ from: 'server', bytes: 200 }]);
  });

  it('holds for any traffic: nothing is invented, headers and control frames are all there, and what is kept is the beginning', () => {
    const traffic = fc.constantFrom('client' as const, 'server' as const).chain((from) => fc.tuple(fc.constant(from), sideOfSession(from)));
    fc.assert(
      fc.property(traffic, fc.constantFrom(0, 1, 20, 2000), fc.array(fc.nat(3000), { maxLength: 8 }), ([from, stream], limit, cuts) => {
        const recorder = limited(limit);
        for (const chunk of cutAt(stream, cuts)) recorder.bytes('1', from, chunk, epoch);
        recorder.event(closedEvent('1'));
        const lost = recorder.lost.reduce((sum, each) => sum + (each.type === 'bytes-lost' ? each.bytes : 0), 0);
        const kept = recorder.kept.reduce(
          (sum, each) => sum + ('bytes' in each && typeof each.bytes === 'string' ? each.bytes.length : 0),
          0,
        );
        expect(kept + lost).toBe(stream.length);
        const truth = createFrameDecoder({ from }).push(stream);
        const decoder = createFrameDecoder({ from });
        const found = recorder.kept.flatMap((each) => {
          if ('bytes' in each && typeof each.bytes === 'string') return decoder.push(Buffer.from(each.bytes, 'latin1'));
          return 'type' in each && each.type === 'bytes-lost' ? decoder.skip(each).frames : [];
        });
        const places = new Map(truth.map((frame) => [frame.offset, frame]));
        for (const { offset, header, payload } of found) {
          expect(places.get(offset)?.header).toEqual(header);
          expect(Buffer.from(places.get(offset)?.payload.subarray(0, payload.length) ?? []).equals(payload)).toBe(true);
        }
        const controls = (frames: typeof truth) => frames.filter(({ header }) => header.opcode >= 8).length;
        expect(controls(found)).toBe(controls(truth));
      }),
      { numRuns: 60 },
    );
  });
});

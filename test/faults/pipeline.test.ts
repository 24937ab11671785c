import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FlowFault, WireFrame, WireMessage } from '../../src/faults/flow.js';
import { heldPayload } from '../../src/faults/pipeline.js';
import { encodeFrame } from '../../src/wire/frame-encoder.js';
import { createFrameScanner } from '../../src/wire/frame-scanner.js';
import { createMessageReader } from '../../src/wire/messages.js';
import { bytesOf, cutAt, everySplit, hexOf, pieces } from '../wire/streams.js';
import { bytesIn, link, none, onlooker, open, renamed, run, stream, text } from './support/open-pipeline.js';

describe('a pipeline', () => {
  const anything = fc.uint8Array({ maxLength: 800 });

  it('without faults gives the bytes that it gets, at once', () => {
    fc.assert(
      fc.property(pieces(anything), (chunks) => {
        const { pipeline } = open();
        pipeline.use(none);
        for (const chunk of chunks.filter(({ length }) => length > 0))
          expect(pipeline.push(chunk, 0)).toEqual([{ type: 'unit', unit: chunk }]);
        expect(pipeline.end(0)).toEqual({ carried: true, steps: [] });
      }),
    );
  });

  it('with faults on frames and bytes that change nothing gives the bytes that it gets, whatever they are', () => {
    fc.assert(
      fc.property(pieces(fc.oneof(anything, fc.constant(new Uint8Array(stream)))), (chunks) => {
        const { pipeline, notes } = open();
        const frames = onlooker<WireFrame>();
        pipeline.use({ ...none, frame: [link(frames, 'b')], close: [link(frames, 'c')], bytes: [link(onlooker<Uint8Array>(), 'd')] });
        expect(hexOf(run(pipeline, chunks))).toBe(hexOf(Buffer.concat(chunks)));
        expect(notes).toEqual([]);
      }),
    );
  });

  it('with a fault on messages that changes nothing gives the bytes that it gets, also where a message never ends', () => {
    const payload = fc.uint8Array({ maxLength: 200 });
    const message = fc
      .tuple(fc.constantFrom(1, 2, 9), fc.array(payload, { minLength: 1, maxLength: 4 }))
      .map(([opcode, parts]) =>
        opcode === 9
          ? encodeFrame({ fin: true, opcode, payload: new Uint8Array(3) })
          : Buffer.concat(
              parts.map((part, index) => encodeFrame({ fin: index === parts.length - 1, opcode: index === 0 ? opcode : 0, payload: part })),
            ),
      );
    const conversation = fc
      .tuple(fc.array(message, { maxLength: 6 }), fc.nat(900))
      .map(([list, end]) => new Uint8Array(Buffer.concat(list).subarray(0, end)));
    fc.assert(
      fc.property(pieces(conversation), fc.boolean(), (chunks, deflate) => {
        const { pipeline } = open({ start: { deflate } });
        pipeline.use({ ...none, message: [link(onlooker<WireMessage>())] });
        expect(hexOf(run(pipeline, chunks))).toBe(hexOf(Buffer.concat(chunks)));
      }),
    );
  });

  it('lets control frames go by at once while a message is held, and puts what is held in front of a Close', () => {
    const pong = encodeFrame({ fin: true, opcode: 10, payload: Buffer.from('q') });
    const close = encodeFrame({ fin: true, opcode: 8, payload: bytesOf('03e8') });
    const { pipeline } = open();
    pipeline.use({ ...none, message: [link(onlooker<WireMessage>())] });
    const first = text('tw', { fin: false });
    expect(hexOf(run(pipeline, [Buffer.concat([first, pong, close])]))).toBe(hexOf(Buffer.concat([pong, first, close])));
  });

  it('gives a fault the same units, and the receiver the same bytes, however the stream is cut', () => {
    const wanted = Buffer.concat([
      text('ONE'),
      encodeFrame({ fin: true, opcode: 9, payload: Buffer.from('p') }),
      encodeFrame({ fin: true, opcode: 10, payload: Buffer.from('q') }),
      text('TWO'),
      encodeFrame({ fin: true, opcode: 8, payload: bytesOf('03e8') }),
    ]);
    for (const chunks of everySplit(stream)) {
      const seen: WireFrame[] = [];
      const { pipeline } = open();
      pipeline.use({ ...none, message: [link(renamed)], frame: [link(onlooker(seen), 'b')] });
      expect(hexOf(run(pipeline, chunks))).toBe(hexOf(wanted));
      expect(seen.map(({ opcode }) => opcode)).toEqual([1, 9, 10, 1, 8]);
    }
  });

  it('begins at a frame border wherever the stream stood, and never changes half a message', () => {
    for (let at = 0; at <= stream.length; at++) {
      const scanner = createFrameScanner('server');
      scanner.push(stream.subarray(0, at));
      const resume = scanner.resume();
      const { pipeline } = open(resume ? { resume } : {});
      pipeline.use({ ...none, message: [link(renamed)] });
      const out = Buffer.concat([stream.subarray(0, at), run(pipeline, cutAt(stream.subarray(at), [3, 7]))]);
      const texts = createMessageReader({ from: 'server' })
        .push(out)
        .filter(({ type }) => type === 'text')
        .map(({ bytes }) => Buffer.from(bytes).toString());
      const [one, two] = [at === 0 ? 'ONE' : 'one', at <= 8 ? 'TWO' : 'two'];
      expect(texts, `taken in hand at byte ${at}`).toEqual([one, two]);
      const check = createFrameScanner('server');
      check.push(out);
      check.end();
      expect(check.tally().defects).toEqual([]);
    }
  });

  it('gives the bytes of the sender again once no fault is left, also in the middle of a frame', () => {
    for (let at = 0; at <= stream.length; at++) {
      const { pipeline } = open();
      pipeline.use({ ...none, frame: [link({ push: () => undefined })], close: [link(onlooker<WireFrame>(), 'b')] });
      const before = bytesIn(pipeline.push(stream.subarray(0, at), 0));
      pipeline.use(none);
      expect(hexOf(Buffer.concat([before, run(pipeline, [stream.subarray(at)])]))).toBe(hexOf(stream));
    }
  });

  it('takes a fault out that throws, tells it once, and lets the unit pass', () => {
    let asked = 0;
    const throws: FlowFault<WireFrame> = {
      push: () => {
        asked += 1;
        throw new Error('it broke');
      },
    };
    const { pipeline, notes } = open();
    pipeline.use({ ...none, frame: [link(throws)] });
    expect(hexOf(run(pipeline, [stream]))).toBe(hexOf(stream));
    pipeline.use({ ...none, frame: [link(throws)] });
    expect(asked).toBe(1);
    expect(notes).toEqual([{ type: 'failed', key: 'a', message: 'it broke' }]);
  });

  it.each(['wakeAt', 'wake', 'end'] as const)('does so for a fault that throws in %s as well', (where) => {
    const fail = (): never => {
      throw new Error('it broke');
    };
    const { pipeline, notes } = open();
    pipeline.use({
      ...none,
      frame: [link({ push: () => undefined, ...(where === 'wake' && { wakeAt: () => 0 }), [where]: fail } as FlowFault<WireFrame>)],
    });
    pipeline.wakeAt();
    pipeline.wake(1);
    expect(hexOf(run(pipeline, [stream]))).toBe(hexOf(stream));
    expect(notes).toEqual([{ type: 'failed', key: 'a', message: 'it broke' }]);
  });

  it('writes what is held of an unfinished message before the beginning of the frame behind it, when the sender ends', () => {
    const cut = Buffer.concat([text('tw', { fin: false }), text('o', { opcode: 0 }).subarray(0, 2)]);
    const { pipeline } = open();
    pipeline.use({ ...none, message: [link(renamed)] });
    expect(hexOf(run(pipeline, [cut]))).toBe(hexOf(cut));
  });

  it('lets no frame that it holds be overtaken by one that is too long to be held', () => {
    const first = text('first', { fin: false });
    const long = encodeFrame({ fin: false, opcode: 0, payload: Buffer.alloc(heldPayload + 1, 0x2e) });
    const last = text('last', { opcode: 0 });
    const all = Buffer.concat([first, long, last, text('next')]);
    const { pipeline } = open();
    pipeline.use({ ...none, message: [link(renamed)] });
    const out = run(pipeline, cutAt(all, [2, 9, 1_000_000, heldPayload + 5]));
    expect(out.equals(Buffer.concat([first, long, last, text('NEXT')]))).toBe(true);
  });

  it('holds no endless message of empty fragments', () => {
    const { pipeline } = open();
    pipeline.use({ ...none, message: [link(renamed)] });
    pipeline.push(text('', { fin: false }), 0);
    const empty = text('', { fin: false, opcode: 0 });
    const many = Buffer.concat(Array.from({ length: 140_000 }, () => empty));
    expect(bytesIn(pipeline.push(many, 0)).length).toBeGreaterThan(0);
  });
});

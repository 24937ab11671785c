import { constants, deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Note } from '../../src/faults/chain.js';
import type { FlowFault, FlowStart, WireFrame, WireMessage } from '../../src/faults/flow.js';
import { createPipeline, type FlowLinks, heldPayload, type Outcome, type Pipeline } from '../../src/faults/pipeline.js';
import { createRandom } from '../../src/faults/random.js';
import type { FrameResume } from '../../src/model/frame.js';
import { encodeFrame } from '../../src/wire/frame-encoder.js';
import { createFrameScanner } from '../../src/wire/frame-scanner.js';
import { createMessageReader } from '../../src/wire/messages.js';
import { bytesOf, cutAt, everySplit, hexOf, pieces, takeover } from '../wire/streams.js';

const none: FlowLinks = { message: [], frame: [], close: [], bytes: [] };
const link = <Unit>(fault: FlowFault<Unit>, key = 'a') => ({ key, fault });

const open = (options: { readonly start?: Partial<FlowStart>; readonly resume?: FrameResume; readonly frames?: boolean } = {}) => {
  const notes: Note[] = [];
  const pipeline = createPipeline({
    start: { from: 'server', nowMs: 0, openedMs: 0, deflate: false, lastByteMs: () => 0, ...options.start },
    frames: options.frames ?? true,
    resume: () => options.resume,
    random: createRandom(1),
    onNote: (note) => notes.push(note),
  });
  return { pipeline, notes };
};
const bytesIn = (steps: readonly Outcome[]): Buffer =>
  Buffer.concat(steps.map((step) => (step.type === 'unit' ? step.unit : new Uint8Array(0))));
const run = (pipeline: Pipeline, chunks: readonly Uint8Array[]): Buffer => {
  const out = chunks.map((chunk) => bytesIn(pipeline.push(chunk, 1)));
  return Buffer.concat([...out, bytesIn(pipeline.end(2).steps)]);
};
const text = (payload: string, more: { readonly fin?: boolean; readonly opcode?: number } = {}): Uint8Array =>
  encodeFrame({ fin: true, opcode: 1, payload: Buffer.from(payload), ...more });

/** Sees everything and changes nothing. */
const onlooker = <Unit>(seen: Unit[] = []): FlowFault<Unit> => ({
  push: (unit) => {
    seen.push(unit);
    return undefined;
  },
});
const renamed: FlowFault<WireMessage> = {
  push: ({ frames: _, ...message }) => [
    { type: 'unit', unit: { ...message, payload: Buffer.from(Buffer.from(message.payload).toString().toUpperCase()) } },
  ],
};

const stream = Buffer.concat([
  text('one'),
  encodeFrame({ fin: true, opcode: 9, payload: Buffer.from('p') }),
  text('tw', { fin: false }),
  encodeFrame({ fin: true, opcode: 10, payload: Buffer.from('q') }),
  text('o', { opcode: 0 }),
  encodeFrame({ fin: true, opcode: 8, payload: bytesOf('03e8') }),
]);

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

describe('what a fault does by itself', () => {
  const ping = encodeFrame({ fin: true, opcode: 9, payload: Buffer.from('!') });
  const pinger = (): FlowFault<WireFrame> => {
    let left = 1;
    return {
      push: () => undefined,
      wakeAt: () => (left > 0 ? 5 : null),
      wake: () => {
        left -= 1;
        return [
          { type: 'unit', unit: { fin: true, rsv1: false, rsv2: false, rsv3: false, opcode: 9, key: null, payload: Buffer.from('!') } },
        ];
      },
    };
  };

  it('waits for the end of a frame that goes by in part', () => {
    const { pipeline } = open({ resume: { left: 4, header: '', unfinished: false } });
    pipeline.use({ ...none, frame: [link(pinger())] });
    expect(pipeline.wakeAt()).toBe(null);
    expect(pipeline.wake(9)).toEqual([]);
    pipeline.push(Buffer.from('ab'), 9);
    expect(pipeline.wakeAt()).toBe(null);
    pipeline.push(Buffer.from('cd'), 9);
    expect(pipeline.wakeAt()).toBe(5);
    expect(hexOf(bytesIn(pipeline.wake(9)))).toBe(hexOf(ping));
  });

  it('does not wait for a frame that is held, because nothing of it is out', () => {
    const { pipeline } = open();
    pipeline.use({ ...none, frame: [link(pinger())] });
    pipeline.push(stream.subarray(0, 3), 9);
    expect(hexOf(bytesIn(pipeline.wake(9)))).toBe(hexOf(ping));
    expect(hexOf(run(pipeline, [stream.subarray(3)]))).toBe(hexOf(stream));
  });

  it('puts no message into one that has gone on in part', () => {
    const messages: FlowFault<WireMessage> = {
      push: () => undefined,
      wakeAt: () => 5,
      wake: () => [{ type: 'unit', unit: { type: 'text', payload: Buffer.from('x'), number: 0 } }],
    };
    const { pipeline } = open({ resume: { left: 0, header: '', unfinished: true } });
    pipeline.use({ ...none, message: [link(messages)] });
    expect(pipeline.wakeAt()).toBe(null);
    pipeline.push(text('o', { opcode: 0 }), 9);
    expect(pipeline.wakeAt()).toBe(5);
    expect(hexOf(bytesIn(pipeline.wake(9)))).toBe(hexOf(text('x')));
  });
});

describe('a frame of ours', () => {
  const frame = (opcode: number): WireFrame => ({
    fin: true,
    rsv1: false,
    rsv2: false,
    rsv3: false,
    opcode,
    key: null,
    payload: Buffer.from('!'),
  });

  it('is put behind the frame that goes by, and at once where one is held', () => {
    const amid = open({ resume: { left: 2, header: '', unfinished: false } }).pipeline;
    expect(amid.inject(frame(1), 0)).toEqual([]);
    expect(hexOf(bytesIn(amid.push(Buffer.concat([Buffer.from('hi'), text('on')]), 0)))).toBe(
      `6869${hexOf(text('!'))}${hexOf(text('on'))}`,
    );
    const held = open().pipeline;
    held.use({ ...none, frame: [link(onlooker<WireFrame>())] });
    held.push(text('one').subarray(0, 2), 0);
    expect(hexOf(bytesIn(held.inject(frame(1), 0) ?? []))).toBe(hexOf(text('!')));
  });

  it('waits for the end of the message where it is one of data, and stands between fragments where it is none', () => {
    const { pipeline } = open({ resume: { left: 0, header: '', unfinished: true } });
    expect(bytesIn(pipeline.inject(frame(9), 0) ?? []).length).toBe(3);
    expect(pipeline.inject(frame(1), 0)).toEqual([]);
    const last = text('o', { opcode: 0 });
    expect(hexOf(bytesIn(pipeline.push(last, 0)))).toBe(hexOf(Buffer.concat([last, text('!')])));
  });

  it('is one of a bounded number that wait', () => {
    const { pipeline, notes } = open({ resume: { left: 1, header: '', unfinished: false } });
    for (let count = 0; count < 1001; count++) pipeline.inject(frame(9), 0);
    expect(notes).toHaveLength(1);
    expect(bytesIn(pipeline.push(Buffer.from('x'), 0)).length).toBe(1 + 3 * 1000);
  });

  it('is refused a place, with a word, where nobody can say where frames begin', () => {
    const { pipeline, notes } = open({ resume: { left: Number.POSITIVE_INFINITY, header: '', unfinished: false } });
    expect(pipeline.inject(frame(9), 0)).toEqual([]);
    expect(notes.map(({ type }) => type)).toEqual(['failed']);
  });
});

describe('compressed messages', () => {
  /** As one server compresses one conversation, with context takeover: the second message refers back to the first. */
  const words = [
    'the quick brown fox jumps over the lazy dog',
    'the quick brown fox jumps again',
    'the lazy dog jumps over the quick brown fox',
  ];
  const compressed = words.map((word, index) => {
    const before = Buffer.from(words.slice(0, index).join(''));
    const payload = deflateRawSync(Buffer.from(word), {
      finishFlush: constants.Z_SYNC_FLUSH,
      ...(index > 0 && { dictionary: before }),
    }).subarray(0, -4);
    return encodeFrame({ fin: true, rsv1: true, opcode: 1, payload });
  });
  const readAll = (bytes: Uint8Array) => createMessageReader({ from: 'server', deflate: takeover }).push(bytes);

  it('are read, and behind a change all that follow can still be read by the receiver', () => {
    for (const chunks of everySplit(Buffer.concat(compressed))) {
      const { pipeline, notes } = open({ start: { deflate: true } });
      const second: FlowFault<WireMessage> = {
        push: ({ frames: _, ...message }) =>
          message.number === 0 ? [{ type: 'unit', unit: { ...message, payload: Buffer.from('changed') } }] : undefined,
      };
      pipeline.use({ ...none, message: [link(second)] });
      const got = readAll(run(pipeline, chunks));
      expect(got.map(({ bytes, error }) => error ?? Buffer.from(bytes).toString())).toEqual(['changed', words[1], words[2]]);
      expect(notes.filter(({ type }) => type === 'failed')).toEqual([]);
    }
  });

  it('go on as they came while nothing is changed', () => {
    const { pipeline } = open({ start: { deflate: true } });
    pipeline.use({ ...none, message: [link(onlooker<WireMessage>())] });
    expect(hexOf(run(pipeline, compressed))).toBe(hexOf(Buffer.concat(compressed)));
  });

  it('that refer to what was before the fault are passed over, and that is told once', () => {
    const { pipeline, notes } = open({ start: { deflate: true } });
    pipeline.use({ ...none, message: [link(renamed)] });
    expect(hexOf(run(pipeline, compressed.slice(1)))).toBe(hexOf(Buffer.concat(compressed.slice(1))));
    expect(notes).toEqual([expect.objectContaining({ type: 'failed', message: expect.stringContaining('cannot be read') })]);
  });

  it('are never read with a window that lacks a message that was too long', () => {
    const long = encodeFrame({ fin: true, rsv1: true, opcode: 1, payload: Buffer.alloc(heldPayload + 1) });
    const { pipeline } = open({ start: { deflate: true } });
    const seen: WireMessage[] = [];
    pipeline.use({ ...none, message: [link(onlooker(seen))] });
    pipeline.push(compressed[0] ?? Buffer.alloc(0), 0);
    pipeline.push(long, 0);
    pipeline.push(compressed[1] ?? Buffer.alloc(0), 0);
    expect(seen.map(({ payload }) => Buffer.from(payload).toString())).toEqual([words[0]]);
  });
});

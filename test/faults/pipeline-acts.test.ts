import { constants, deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { FlowFault, WireFrame, WireMessage } from '../../src/faults/flow.js';
import { createPipeline, heldPayload, type Outcome, type Pipeline } from '../../src/faults/pipeline.js';
import { createRandom } from '../../src/faults/random.js';
import { encodeFrame } from '../../src/wire/frame-encoder.js';
import { createMessageReader } from '../../src/wire/messages.js';
import { everySplit, hexOf, takeover } from '../wire/streams.js';
import { bytesIn, link, none, onlooker, open, renamed, run, stream, text } from './support/open-pipeline.js';

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

  it('waits for the end of a chunk, though what another fault does asks for it at once', () => {
    const early: Outcome[] = [];
    const pipeline: Pipeline = createPipeline({
      ...{ start: { from: 'server', nowMs: 0, openedMs: 0, deflate: false, lastByteMs: () => 0 }, frames: true, random: createRandom(1) },
      resume: () => ({ left: 2, header: '', unfinished: false }),
      // As an armory does whose fault is spent by it.
      onNote: () => early.push(...pipeline.wake(9)),
    });
    const same: FlowFault<Uint8Array> = { push: (unit) => [{ type: 'unit', unit }] };
    pipeline.use({ ...none, frame: [link(pinger())], bytes: [link(same, 'b')] });
    const out = pipeline.push(Buffer.from('hi'), 9);
    expect(early).toEqual([]);
    expect(hexOf(bytesIn([...out, ...pipeline.wake(9)]))).toBe(`6869${hexOf(ping)}`);
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
    const { pipeline } = open({ resume: { left: 1, header: '', unfinished: false } });
    for (let count = 0; count < 1000; count++) expect(pipeline.inject(frame(9), 0)).toBeDefined();
    expect(pipeline.inject(frame(9), 0)).toBeUndefined();
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

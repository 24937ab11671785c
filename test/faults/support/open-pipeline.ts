import type { Note } from '../../../src/faults/chain.js';
import type { FlowFault, FlowStart, WireMessage } from '../../../src/faults/flow.js';
import { createPipeline, type FlowLinks, type Outcome, type Pipeline } from '../../../src/faults/pipeline.js';
import { createRandom } from '../../../src/faults/random.js';
import type { FrameResume } from '../../../src/model/frame.js';
import { encodeFrame } from '../../../src/wire/frame-encoder.js';
import { bytesOf } from '../../wire/streams.js';

export const none: FlowLinks = { message: [], frame: [], close: [], bytes: [] };
export const link = <Unit>(fault: FlowFault<Unit>, key = 'a') => ({ key, fault });

export const open = (options: { readonly start?: Partial<FlowStart>; readonly resume?: FrameResume; readonly frames?: boolean } = {}) => {
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
export const bytesIn = (steps: readonly Outcome[]): Buffer =>
  Buffer.concat(steps.map((step) => (step.type === 'unit' ? step.unit : new Uint8Array(0))));
export const run = (pipeline: Pipeline, chunks: readonly Uint8Array[]): Buffer => {
  const out = chunks.map((chunk) => bytesIn(pipeline.push(chunk, 1)));
  return Buffer.concat([...out, bytesIn(pipeline.end(2).steps)]);
};
export const text = (payload: string, more: { readonly fin?: boolean; readonly opcode?: number } = {}): Uint8Array =>
  encodeFrame({ fin: true, opcode: 1, payload: Buffer.from(payload), ...more });

/** Sees everything and changes nothing. */
export const onlooker = <Unit>(seen: Unit[] = []): FlowFault<Unit> => ({
  push: (unit) => {
    seen.push(unit);
    return undefined;
  },
});
export const renamed: FlowFault<WireMessage> = {
  push: ({ frames: _, ...message }) => [
    { type: 'unit', unit: { ...message, payload: Buffer.from(Buffer.from(message.payload).toString().toUpperCase()) } },
  ],
};

export const stream = Buffer.concat([
  text('one'),
  encodeFrame({ fin: true, opcode: 9, payload: Buffer.from('p') }),
  text('tw', { fin: false }),
  encodeFrame({ fin: true, opcode: 10, payload: Buffer.from('q') }),
  text('o', { opcode: 0 }),
  encodeFrame({ fin: true, opcode: 8, payload: bytesOf('03e8') }),
]);

import { writeWireFrame } from '../../wire/write-wire-frame.js';
import { defineFault } from '../fault.js';
import { type FlowStep, fromParam, isFrom, type WireFrame } from '../flow.js';
import { frameParams, framePicker } from '../frame-choice.js';

/** Of one frame; what is left then is the last one. */
const mostPieces = 10_000;

export const fault = defineFault({
  id: 'split-frame',
  stage: 'frame',
  leg: 'both',
  title: 'A frame arrives in pieces',
  about:
    'The bytes of a frame are written one at a time, or in two pieces with the border inside its header. It must be harmless: TCP promises no borders. A frame makes at most 10,000 pieces, the last of which takes the rest.',
  imitates: 'A slow link, a small TCP window, a proxy with small buffers.',
  params: {
    from: fromParam(),
    where: {
      type: 'string',
      default: 'bytes',
      choices: ['bytes', 'header'],
      about: '`bytes`: pieces of `bytes` bytes; `header`: behind its first byte, in the middle of the header.',
    },
    bytes: { type: 'number', default: 1, min: 1, max: 65_536, whole: true, about: 'How many bytes a piece has.' },
    ms: {
      type: 'number',
      default: 1,
      min: 0,
      max: 60_000,
      about: 'Milliseconds from piece to piece. With 0 each is still a write of its own, but may leave together with others.',
    },
    ...frameParams({ frame: 0, kind: 'any' }),
  },
  example: 'split-frame:where=bytes,ms=1',
  expects: [],
  effects: [{ client: 'ws (Node), Chromium, Python websockets 10', sees: 'Nothing: the messages arrive whole.' }],
  rows: ['frame.split'],
  apply: (start, { from, where, bytes: step, ms, ...params }, { random }) => {
    if (!isFrom(from, start.from)) return undefined;
    const chosen = framePicker(params, random);
    let freeMs = 0;
    return {
      push: (frame, nowMs) => {
        if (!chosen(frame)) return undefined;
        const bytes = writeWireFrame(frame);
        const borders =
          where === 'header'
            ? [1]
            : Array.from({ length: Math.min(mostPieces, Math.ceil(bytes.length / step)) - 1 }, (_, index) => (index + 1) * step);
        const begin = Math.max(nowMs, freeMs);
        const steps = [0, ...borders].map(
          (at, index): FlowStep<WireFrame> => ({
            type: 'wire',
            bytes: bytes.subarray(at, borders[index] ?? bytes.length),
            atMs: begin + index * ms,
          }),
        );
        freeMs = begin + steps.length * ms;
        return steps;
      },
    };
  },
});

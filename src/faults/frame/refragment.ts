import { opcodes } from '../../model/frame.js';
import { defineFault } from '../fault.js';
import { type FlowStep, fromParam, isFrom, remade, type WireFrame } from '../flow.js';
import { frameParams, framePicker } from '../frame-choice.js';

/** Of one frame; what is left then is the last fragment. */
const mostFragments = 10_000;

export const fault = defineFault({
  id: 'refragment',
  stage: 'frame',
  leg: 'both',
  title: 'Messages come in many small fragments',
  about:
    'Each data frame is sent as continuation frames of a few bytes, with fragments of no bytes at all between them if you like. It must be harmless (RFC 6455 section 5.4): the message is the same. A frame makes at most 10,000 fragments, the last of which takes the rest.',
  imitates: 'A gateway with small buffers, a server that streams a message whose length it does not know.',
  params: {
    from: fromParam(),
    bytes: { type: 'number', default: 2, min: 1, max: 1_000_000, whole: true, about: 'How many bytes of payload a fragment takes.' },
    empty: {
      type: 'number',
      default: 0,
      min: 0,
      max: 100,
      whole: true,
      about: 'How many fragments of no bytes follow each of them but the last.',
    },
    ...frameParams({ frame: 0, kind: 'data' }),
  },
  example: 'refragment:bytes=2,empty=1',
  expects: [],
  effects: [
    { client: 'ws (Node), Chromium, Python websockets 10', sees: 'Nothing: the messages arrive whole.' },
    { client: 'a client that takes a frame for a message', sees: 'Parts of messages.' },
  ],
  rows: ['frame.refragment'],
  apply: (start, { from, bytes, empty, ...params }, { random }) => {
    if (!isFrom(from, start.from)) return undefined;
    const chosen = framePicker(params, random);
    return {
      push: (frame) => {
        if (frame.opcode > opcodes.binary || (frame.payload.length <= bytes && empty === 0) || !chosen(frame)) return undefined;
        const most = Math.max(1, Math.floor(mostFragments / (1 + empty)));
        const pieces: Uint8Array[] = [];
        let at = 0;
        for (; at + bytes < frame.payload.length && pieces.length < most - 1; at += bytes)
          pieces.push(frame.payload.subarray(at, at + bytes));
        const last = frame.payload.subarray(at);
        const nothing = Array.from({ length: empty }, () => new Uint8Array(0));
        const payloads = [...pieces.flatMap((piece) => [piece, ...nothing]), ...(pieces.length === 0 ? nothing : []), last];
        return payloads.map((payload, index): FlowStep<WireFrame> => {
          const first = index === 0 ? {} : { opcode: opcodes.continuation, rsv1: false };
          return { type: 'unit', unit: remade(frame, { ...first, fin: frame.fin && index === payloads.length - 1, payload }) };
        });
      },
    };
  },
});

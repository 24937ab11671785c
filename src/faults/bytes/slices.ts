import { defineFault } from '../fault.js';
import { fromParam, isFrom } from '../flow.js';

export const fault = defineFault({
  id: 'slices',
  stage: 'bytes',
  leg: 'both',
  title: 'Bytes arrive in small pieces',
  about:
    'What was sent together arrives in pieces of `bytes` bytes, `ms` milliseconds apart, also in the middle of the header of a frame. Not one byte changes: whoever reads a stream of bytes must not care.',
  imitates: 'A small MTU, a TLS record or a buffer that ends in the middle of a frame, a slow sender on purpose (slowloris).',
  params: {
    from: fromParam('both'),
    bytes: { type: 'number', default: 1, min: 1, max: 1_048_576, whole: true, about: 'How many bytes come together.' },
    ms: { type: 'number', default: 1, min: 0, max: 600_000, about: 'Milliseconds between two pieces.' },
  },
  example: 'slices:bytes=1,ms=1',
  expects: [],
  effects: [{ client: 'every client', sees: 'Nothing, unless its parser takes what one read gives for a whole frame.' }],
  rows: ['frame.split'],
  apply: (start, { from, bytes, ms }) => {
    if (!isFrom(from, start.from)) return undefined;
    let lastMs = Number.NEGATIVE_INFINITY;
    return {
      push: (chunk, nowMs) =>
        Array.from({ length: Math.ceil(chunk.length / bytes) }, (_, index) => {
          lastMs = Math.max(nowMs, lastMs + ms);
          return { type: 'unit', unit: chunk.subarray(index * bytes, (index + 1) * bytes), atMs: lastMs } as const;
        }),
    };
  },
});

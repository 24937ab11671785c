import { defineFault } from '../fault.js';
import { fromParam, isFrom } from '../flow.js';

export const fault = defineFault({
  id: 'delay-close',
  stage: 'close',
  leg: 'both',
  title: 'A Close frame comes late',
  about: 'The Close frame of one side, and the TCP end behind it, arrive later. Whoever closes waits for the other Close that long.',
  imitates: 'A server that finishes its work before it answers a Close, a long queue on the way.',
  params: {
    from: fromParam(),
    ms: { type: 'number', default: 3000, min: 0, max: 3_600_000, about: 'How much later, milliseconds.' },
  },
  example: 'delay-close:ms=300',
  expects: [],
  effects: [
    { client: 'ws (Node)', sees: 'close comes late; after 30 s it gives up with 1006.' },
    { client: 'Chromium', sees: "'close' comes late; a page that closed gives up with 1006 after 60 s." },
    { client: 'Python websockets 10', sees: 'close() returns late; after close_timeout, 10 s, it gives up with 1006.' },
  ],
  rows: ['frame.close-delay'],
  apply: (start, { from, ms }) =>
    isFrom(from, start.from) ? { push: (frame, nowMs) => [{ type: 'unit', unit: frame, atMs: nowMs + ms }] } : undefined,
});

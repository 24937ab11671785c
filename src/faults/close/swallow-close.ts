import { defineFault } from '../fault.js';
import { fromParam, isFrom } from '../flow.js';

export const fault = defineFault({
  id: 'swallow-close',
  stage: 'close',
  leg: 'both',
  title: 'A Close frame is lost',
  about:
    'The Close frame of one side never arrives, and the TCP end behind it does. With `end=keep` that end is kept back as well: whoever closes waits for an answer that nobody was asked for.',
  imitates: 'A peer that crashes between the two Close frames, a proxy that ends the connection in place of passing Close on.',
  params: {
    from: fromParam(),
    end: { type: 'string', default: 'pass', choices: ['pass', 'keep'], about: "What becomes of the sender's TCP end." },
  },
  example: 'swallow-close',
  expects: ['frame.abnormal-close'],
  effects: [
    { client: 'ws (Node)', sees: 'close 1006; as the side that closes it waits 30 s for the other Close.' },
    { client: 'Chromium', sees: 'close 1006, wasClean false; with `end=keep` 60 s after the page closed.' },
    { client: 'Python websockets 10', sees: 'close 1006; with `end=keep` after close_timeout, 10 s.' },
  ],
  rows: ['frame.close-swallow'],
  apply: (start, { from, end }) => (isFrom(from, start.from) ? { push: () => [], ...(end === 'keep' && { end: () => [] }) } : undefined),
});

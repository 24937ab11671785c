import { defineFault } from '../fault.js';
import { fromParam, isFrom } from '../flow.js';

export const fault = defineFault({
  id: 'repeat-close',
  stage: 'close',
  leg: 'both',
  title: 'A Close frame comes more than once',
  about:
    'The Close frame of one side comes again, as often as `copies` says. Whatever follows a Close is to be ignored (RFC 6455 section 1.4).',
  imitates: 'A server whose application and library both close, a gateway that closes in front of a server that does.',
  params: {
    from: fromParam(),
    copies: { type: 'number', default: 1, min: 1, max: 100, whole: true, about: 'How many copies follow.' },
  },
  example: 'repeat-close:copies=1',
  expects: [],
  effects: [
    { client: 'ws (Node), undici 7, Python websockets 10', sees: 'Nothing: they listen no more behind the first.' },
    { client: 'Chromium', sees: 'Console: Close received after close; close 1006 in place of the code of the Close.' },
  ],
  rows: ['frame.data-after-close'],
  apply: (start, { from, copies }) =>
    isFrom(from, start.from) ? { push: (frame) => Array.from({ length: 1 + copies }, () => ({ type: 'unit', unit: frame })) } : undefined,
});

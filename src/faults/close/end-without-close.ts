import { defineFault } from '../fault.js';
import { fromParam, isFrom } from '../flow.js';

export const fault = defineFault({
  id: 'end-without-close',
  stage: 'close',
  leg: 'both',
  title: 'The connection ends in place of a Close frame',
  about: 'Where one side says Close, the other gets the end of the TCP connection and no Close frame. The sender is reset.',
  imitates: 'A server that closes the socket and not the WebSocket, a proxy that does not know that there is a difference.',
  params: {
    from: fromParam(),
    end: { type: 'string', default: 'fin', choices: ['fin', 'reset', 'silence'], about: 'How it ends.' },
  },
  example: 'end-without-close',
  expects: ['frame.abnormal-close', 'server.reset', 'server.rst-after-101', 'server.close-after-101'],
  effects: [
    { client: 'ws (Node)', sees: 'close 1006; with `end=reset` also an error, read ECONNRESET.' },
    { client: 'Chromium', sees: 'close 1006, wasClean false.' },
    { client: 'Python websockets 10', sees: 'ConnectionClosedError: no close frame received or sent.' },
  ],
  rows: ['frame.fin-no-close'],
  apply: (start, { from, end }) => (isFrom(from, start.from) ? { push: () => [{ type: 'end', how: end }] } : undefined),
});

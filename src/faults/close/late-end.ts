import { defineFault } from '../fault.js';
import { fromParam, isFrom } from '../flow.js';

export const fault = defineFault({
  id: 'late-end',
  stage: 'close',
  leg: 'both',
  title: 'The TCP connection outlives the closing handshake',
  about:
    'Both Close frames cross, and the TCP end of one side arrives only later. A client waits for the server to end the connection first (RFC 6455 section 7.1.1), so it stays in the state CLOSING.',
  imitates: 'A server that forgets to close the socket behind the Close, a load balancer that keeps its side open.',
  params: {
    from: fromParam(),
    ms: { type: 'number', default: 5000, min: 0, max: 3_600_000, about: 'How much later, milliseconds.' },
  },
  example: 'late-end:ms=300',
  expects: [],
  effects: [
    { client: 'ws (Node)', sees: 'close with the code of the Close, but late; after 30 s it ends the connection by itself.' },
    { client: 'Chromium', sees: 'close with the code of the Close, at most 2 s late: then it ends the connection by itself.' },
    { client: 'Python websockets 10', sees: 'close() returns late.' },
  ],
  rows: ['frame.close-delay'],
  apply: (start, { from, ms }) =>
    isFrom(from, start.from) ? { push: () => undefined, end: (nowMs) => [{ type: 'end', how: 'fin', atMs: nowMs + ms }] } : undefined,
});

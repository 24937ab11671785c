import { opens } from '../../model/head.js';
import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'hold-101',
  stage: 'response',
  leg: 'client',
  title: 'The 101 comes late',
  about:
    'An answer that opens the WebSocket is held back for `ms` milliseconds, and what the server says meanwhile comes with it at once; a refusal is not held. `stall-answer` holds every answer, and for ever if you wish.',
  imitates: 'A proxy that buffers the answer, a server that looks into its database before it accepts, a cold start.',
  params: { ms: { type: 'number', default: 3000, min: 1, max: 3_600_000, about: 'How long, milliseconds.' } },
  example: 'hold-101:ms=3000',
  expects: ['server.slow'],
  effects: [
    { client: 'ws (Node)', sees: 'Opens late; with handshakeTimeout: Opening handshake has timed out.' },
    { client: 'Chromium', sees: 'Opens late.' },
    { client: 'Python websockets 10', sees: 'Opens late, or TimeoutError after open_timeout (10 s by default).' },
  ],
  rows: ['hop.hold-101'],
  apply: (head, { ms }) => (opens(head) ? { raw: head.raw, holdMs: ms } : undefined),
});

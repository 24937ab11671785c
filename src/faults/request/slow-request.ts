import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'slow-request',
  stage: 'request',
  leg: 'server',
  only: 'http/1.1',
  title: 'The request reaches the server late',
  about:
    'The request of the client is whole, and is held back for `ms` milliseconds, or with 0 until the client gives up. The connection to the server stands meanwhile, so a server with a limit for the first byte of a request may end it.',
  imitates: 'A proxy that queues, a mobile uplink that stalls, a filter that looks at each request first.',
  params: { ms: { type: 'number', default: 3000, min: 0, max: 3_600_000, about: 'For how long, milliseconds; 0 is for ever.' } },
  example: 'slow-request:ms=3000',
  expects: ['server.slow', 'client.closed-early'],
  effects: [
    { client: 'ws (Node)', sees: 'Nothing, unless handshakeTimeout is set: then `Opening handshake has timed out`.' },
    { client: 'Chromium', sees: 'Stays in CONNECTING; gives up after some minutes.' },
    { client: 'Python websockets', sees: 'TimeoutError after open_timeout (10 s by default).' },
  ],
  apply: ({ raw }, { ms }) => ({ raw, holdMs: ms === 0 ? Number.POSITIVE_INFINITY : ms }),
});

import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'stall-answer',
  stage: 'response',
  leg: 'client',
  title: 'The answer to the handshake is held back',
  about:
    'The server has answered, and the client does not hear of it: for `ms` milliseconds, or with 0 until it gives up. Then the answer goes on as it was, with what the server has sent meanwhile. Over HTTP/2 only this stream waits.',
  imitates: 'A server with a blocked event loop or a full accept queue, a proxy that buffers the 101, a middlebox that swallows it.',
  params: {
    ms: { type: 'number', default: 0, min: 0, max: 3_600_000, about: 'For how long, milliseconds; 0 is for ever.' },
  },
  example: 'stall-answer:ms=3000',
  expects: ['server.slow'],
  effects: [
    { client: 'ws (Node)', sees: 'Nothing, unless handshakeTimeout is set: then `Opening handshake has timed out`.' },
    { client: 'Chromium', sees: 'Stays in CONNECTING; gives up after some minutes.' },
    { client: 'Python websockets', sees: 'TimeoutError after open_timeout (10 s by default).' },
  ],
  rows: ['srv.stall', 'url.blackhole'],
  apply: ({ raw }, { ms }) => ({ raw, holdMs: ms === 0 ? Number.POSITIVE_INFINITY : ms }),
});

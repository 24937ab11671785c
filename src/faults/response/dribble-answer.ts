import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'dribble-answer',
  stage: 'response',
  leg: 'client',
  only: 'http/1.1',
  title: 'The answer comes a byte at a time',
  about:
    'The answer to the handshake, whatever it is, reaches the client in pieces of `bytes` bytes, `ms` milliseconds apart. In the end it is whole; a client that waits for each byte anew waits for long, one with a limit for the whole handshake gives up.',
  imitates: 'A link that hardly works, a server without a thread to spare, a tarpit.',
  params: {
    bytes: { type: 'number', default: 1, min: 1, max: 65_536, whole: true, about: 'How many bytes at a time.' },
    ms: { type: 'number', default: 20, min: 1, max: 600_000, about: 'Milliseconds between two pieces.' },
  },
  example: 'dribble-answer:bytes=1,ms=20',
  expects: ['server.slow', 'server.truncated-response'],
  effects: [
    { client: 'ws (Node)', sees: 'Opens late; with handshakeTimeout: Opening handshake has timed out.' },
    { client: 'Chromium', sees: 'Opens late.' },
    { client: 'Python websockets 10', sees: 'Opens late, or TimeoutError after open_timeout (10 s by default).' },
  ],
  rows: ['srv.stall'],
  apply: ({ raw }, { bytes, ms }) => ({ raw, slice: { bytes, everyMs: ms } }),
});

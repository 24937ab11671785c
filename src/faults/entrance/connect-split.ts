import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'connect-split',
  stage: 'entrance',
  leg: 'client',
  title: 'The answer that opens the tunnel comes in pieces',
  about:
    'The answer to CONNECT or SOCKS is written in pieces of `bytes` bytes, `ms` milliseconds apart. It is whole in the end, so a client that reads a stream does not mind; one that takes the first segment for the answer does.',
  imitates: 'A proxy that writes line by line, a path with a tiny MTU, TCP on a bad day.',
  params: {
    bytes: { type: 'number', default: 1, min: 1, max: 1000, whole: true, about: 'How many bytes a piece has.' },
    ms: { type: 'number', default: 5, min: 0, max: 60_000, about: 'The time between two pieces, milliseconds.' },
  },
  example: 'connect-split:bytes=1',
  expects: [],
  effects: [
    { client: 'ws (Node), curl, Chromium, Python http.client, aiohttp', sees: 'Nothing: the WebSocket opens, also with one byte a piece.' },
  ],
  apply: ({ reply }, { bytes, ms }) => (bytes >= reply.length ? undefined : { raw: reply, slice: { bytes, everyMs: ms } }),
});

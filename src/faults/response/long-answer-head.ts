import { defineFault } from '../fault.js';
import { longHead, longParams } from '../long-head.js';

export const fault = defineFault({
  id: 'long-answer-head',
  stage: 'response',
  leg: 'client',
  only: 'http/1.1',
  title: 'The head of the answer is very long',
  about:
    'Adds padding to the head of the answer: one field of many bytes, or many fields. Clients have limits of their own: Node 16 KiB in all, Python 8 KiB a line and 128 fields, Chromium 256 KiB; Go and Firefox take more.',
  imitates:
    'A server that sets many cookies with the 101, debugging and tracing fields of a development server, a Content-Security-Policy without end.',
  params: longParams({ bytes: 20_000, name: 'X-Padding' }),
  example: 'long-answer-head:bytes=20000',
  expects: ['server.header-too-large'],
  effects: [
    { client: 'ws (Node)', sees: "'error': Parse Error: Header overflow, from 16 KiB on." },
    { client: 'undici 7', sees: "'error' with an empty message, close 1006." },
    { client: 'Chromium', sees: 'Console: net::ERR_RESPONSE_HEADERS_TOO_BIG for 300 kB; opens for less, and for 3000 fields.' },
    { client: 'Firefox', sees: 'Opens.' },
    {
      client: 'Python websockets 10',
      sees: 'InvalidMessage: did not receive a valid HTTP response, for a line over 8 KiB or more than 128 fields.',
    },
    { client: 'Python aiohttp', sees: '400: Got more than 8190 bytes when reading, or Too many headers received.' },
    { client: 'Go gorilla, websocket-client', sees: 'Open.' },
  ],
  rows: ['hop.header-limit'],
  apply: ({ raw }, params) => ({ raw: longHead(raw, params) }),
});

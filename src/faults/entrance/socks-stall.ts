import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'socks-stall',
  stage: 'entrance',
  leg: 'client',
  only: 'socks',
  title: 'The SOCKS request is never answered',
  about:
    'The greeting goes well, the request is read, and nothing comes back until the client gives up. With `bytes` the reply begins and stands still. The server is never dialled.',
  imitates: 'A SOCKS proxy that waits for a server that drops packets; Tor while it builds a circuit.',
  params: { bytes: { type: 'number', default: 0, min: 0, max: 9, whole: true, about: 'How much of the reply comes.' } },
  example: 'socks-stall',
  expects: ['intermediary.connect-timeout'],
  effects: [
    { client: 'curl 7.88', sees: 'curl: (28) Connection timed out, at --max-time or --connect-timeout.' },
    { client: 'Chromium', sees: 'Stays in CONNECTING, without a word for 4 s at least.' },
  ],
  rows: ['hop.connect-stall'],
  apply: ({ reply }, { bytes }) => (bytes >= reply.length ? undefined : { raw: reply.slice(0, bytes), end: 'silence' }),
});

import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'connect-stall',
  stage: 'entrance',
  leg: 'client',
  only: 'connect',
  title: 'CONNECT is never answered',
  about:
    'The CONNECT is read, and nothing comes back, until the client gives up. With `bytes` the answer begins and stands still. The server is never dialled. For an answer that is late, see `slow-connect`.',
  imitates: 'A proxy that hangs, or waits for a server that drops packets; a filter that swallows the answer.',
  params: { bytes: { type: 'number', default: 0, min: 0, max: 38, whole: true, about: 'How much of the answer comes.' } },
  example: 'connect-stall',
  expects: ['intermediary.connect-timeout'],
  effects: [
    {
      client: 'ws (Node, https-proxy-agent)',
      sees: 'Nothing, for ever; after handshakeTimeout or terminate() its connection to the proxy stays open.',
    },
    { client: 'curl 7.88', sees: 'curl: (28) Connection timed out, at --max-time or --connect-timeout.' },
    { client: 'Chromium', sees: 'Stays in CONNECTING, without a word for 5 s at least.' },
    { client: 'Python http.client, aiohttp', sees: 'TimeoutError, where a timeout is set.' },
  ],
  rows: ['hop.connect-stall'],
  apply: ({ reply }, { bytes }) => ({ raw: reply.slice(0, bytes), end: 'silence' }),
});

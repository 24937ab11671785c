import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'connect-cut',
  stage: 'entrance',
  leg: 'client',
  only: 'connect',
  title: 'The connection ends in the middle of the answer to CONNECT',
  about:
    'The client gets the first `bytes` bytes of the answer to its CONNECT, none with 0, and then the connection ends. The server is never dialled. Behind a whole answer it is `tunnel-cut`.',
  imitates: 'A proxy that crashes or is restarted, that does not know CONNECT and hangs up, a firewall that resets tunnels.',
  params: {
    bytes: { type: 'number', default: 0, min: 0, max: 38, whole: true, about: 'How much of the answer the client gets.' },
    end: { type: 'string', default: 'fin', choices: ['fin', 'reset'], about: 'How it ends.' },
    ms: { type: 'number', default: 0, min: 0, max: 3_600_000, about: 'How long after those bytes, milliseconds.' },
  },
  example: 'connect-cut:bytes=12',
  expects: ['intermediary.connect-malformed'],
  effects: [
    {
      client: 'ws (Node, https-proxy-agent)',
      sees: 'Proxy connection ended before receiving CONNECT response; read ECONNRESET with `end=reset`.',
    },
    { client: 'curl 7.88', sees: 'curl: (56) Proxy CONNECT aborted, or Recv failure: Connection reset by peer.' },
    { client: 'Chromium', sees: 'net::ERR_RESPONSE_HEADERS_TRUNCATED; with `end=reset` ERR_CONNECTION_RESET.' },
    {
      client: 'Python http.client',
      sees: 'Takes a cut status line with 200 in it for an answer, and fails in TLS: SSLZeroReturnError: TLS/SSL connection has been closed (EOF).',
    },
    { client: 'Python aiohttp', sees: 'ServerDisconnectedError; ClientOSError: [Errno 104] with `end=reset`.' },
  ],
  rows: ['hop.connect-garbage'],
  apply: ({ reply }, { bytes, end, ms }) => (bytes >= reply.length ? undefined : { raw: reply.slice(0, bytes), end, endMs: ms }),
});

import { endingHows } from '../changes.js';
import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'drop-connection',
  stage: 'accept',
  leg: 'client',
  title: 'The connection is taken, and ends before a word is answered',
  about:
    "The client's TCP connection is accepted, its first bytes arrive, and then the connection is reset, ended, or left open without an answer. Nobody has looked at what the client wants, so the server is never dialled.",
  imitates: 'A proxy or load balancer that has no process behind its port, a firewall that resets, a full accept queue.',
  params: {
    end: { type: 'string', default: 'reset', choices: endingHows, about: 'How it ends: `reset`, `fin`, or `silence` for ever.' },
    ms: { type: 'number', default: 0, min: 0, max: 3_600_000, about: 'How long after the first bytes, milliseconds.' },
  },
  example: 'drop-connection:end=reset',
  expects: ['intermediary.connect-malformed', 'intermediary.connect-timeout', 'server.reset', 'server.empty-reply', 'server.slow'],
  effects: [
    {
      client: 'ws (Node)',
      sees: 'read ECONNRESET; with `end=fin` socket hang up, through https-proxy-agent: Proxy connection ended before receiving CONNECT response; with `silence` nothing, unless handshakeTimeout is set.',
    },
    { client: 'curl 7.88', sees: 'curl: (56) Recv failure: Connection reset by peer; with `end=fin` Proxy CONNECT aborted (56).' },
    { client: 'Chromium', sees: 'net::ERR_CONNECTION_RESET, with `end=fin` ERR_EMPTY_RESPONSE; close 1006.' },
    {
      client: 'Python http.client',
      sees: 'ConnectionResetError: [Errno 104] Connection reset by peer; with `end=fin` RemoteDisconnected.',
    },
    { client: 'Python aiohttp', sees: 'ClientOSError: [Errno 104] Connection reset by peer; with `end=fin` ServerDisconnectedError.' },
  ],
  rows: ['url.refuse', 'url.blackhole'],
  apply: (_, { end, ms }) => ({ end, endMs: ms }),
});

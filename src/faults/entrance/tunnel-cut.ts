import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'tunnel-cut',
  stage: 'entrance',
  leg: 'client',
  title: 'The tunnel opens, and closes at once',
  about:
    'CONNECT or SOCKS is answered with success, and then the tunnel ends: when the client has said its first word in it (a ClientHello, a handshake), or with `on=answer` before. The server is never dialled.',
  imitates:
    'A proxy that says 200 before it dials, and then cannot reach the server; one that reads the name in the ClientHello and does not like it.',
  params: {
    on: {
      type: 'string',
      default: 'word',
      choices: ['word', 'answer'],
      about: "Behind the client's first word, or right behind the answer.",
    },
    end: { type: 'string', default: 'fin', choices: ['fin', 'reset'], about: 'How it ends.' },
    ms: { type: 'number', default: 0, min: 0, max: 3_600_000, about: 'How long after that, milliseconds.' },
  },
  example: 'tunnel-cut',
  expects: ['tls.handshake-eof', 'intermediary.connect-malformed', 'server.empty-reply', 'server.reset'],
  effects: [
    {
      client: 'ws (Node)',
      sees: 'Client network socket disconnected before secure TLS connection was established; read ECONNRESET with `end=reset`.',
    },
    { client: 'curl 7.88', sees: 'curl: (35) OpenSSL SSL_connect: SSL_ERROR_SYSCALL; Recv failure: Connection reset by peer.' },
    { client: 'Chromium', sees: 'net::ERR_CONNECTION_CLOSED; ERR_CONNECTION_RESET.' },
    { client: 'Python http.client', sees: 'SSLZeroReturnError: TLS/SSL connection has been closed (EOF); ConnectionResetError.' },
    { client: 'Python aiohttp', sees: 'ClientConnectorError: Cannot connect to host.' },
  ],
  rows: ['hop.rst-on-upgrade', 'tls.eof'],
  apply: ({ reply }, { on, end, ms }) => ({ raw: reply, end, endMs: ms, ...(on === 'word' && { endOn: 'word' }) }),
});

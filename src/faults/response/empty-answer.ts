import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'empty-answer',
  stage: 'response',
  leg: 'client',
  only: 'http/1.1',
  title: 'The connection ends without a byte of an answer',
  about: 'The client hears nothing for `ms` milliseconds, and then the connection ends with FIN.',
  imitates:
    'An upgrade handler that destroys the socket, socket.io at a path that is not its own (it closes after a second), a TLS port of Node that got plain HTTP, an address filter.',
  params: { ms: { type: 'number', default: 0, min: 0, max: 3_600_000, about: 'How long after the request, milliseconds.' } },
  example: 'empty-answer',
  expects: ['server.empty-reply', 'url.scheme-mismatch-plain-to-tls'],
  effects: [
    { client: 'ws (Node)', sees: 'socket hang up (ECONNRESET).' },
    { client: 'Chromium', sees: 'Connection closed before receiving a handshake response; close 1006.' },
    { client: 'Firefox', sees: "Can't establish a connection, close 1006." },
    { client: 'WebKit', sees: 'Connection terminated unexpectedly.' },
    { client: 'faye-websocket', sees: 'close 1006, and no error.' },
    { client: 'Python websockets 10', sees: 'InvalidMessage: did not receive a valid HTTP response.' },
    { client: 'Python aiohttp', sees: 'ServerDisconnectedError: Server disconnected.' },
    { client: 'Python websocket-client', sees: 'WebSocketConnectionClosedException: Connection to remote host was lost.' },
    { client: 'Go gorilla', sees: 'unexpected EOF.' },
    { client: 'Go coder', sees: 'EOF.' },
  ],
  rows: ['srv.empty'],
  apply: (_, { ms }) => ({ raw: '', end: 'fin', holdMs: ms }),
});

import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'reset-answer',
  stage: 'response',
  leg: 'client',
  only: 'http/1.1',
  title: 'The connection is reset in place of an answer',
  about:
    'The client gets a RST (TCP reset) instead of the answer to its handshake, `ms` milliseconds after the server gave one. Plain requests of the same host are left alone: only handshakes meet it, as with a filter that minds the word Upgrade.',
  imitates: 'A server that crashes, a full accept queue, a filter that looks into plain HTTP and resets what asks for a WebSocket.',
  params: { ms: { type: 'number', default: 0, min: 0, max: 3_600_000, about: 'How much later, milliseconds.' } },
  example: 'reset-answer',
  expects: ['server.reset'],
  effects: [
    { client: 'ws (Node)', sees: 'read ECONNRESET.' },
    { client: 'Chromium', sees: 'net::ERR_CONNECTION_RESET; close 1006.' },
    { client: 'Firefox', sees: "Can't establish a connection, close 1006." },
    { client: 'WebKit', sees: 'Error receiving data: Connection reset by peer.' },
    { client: 'faye-websocket', sees: 'Network error: URL: read ECONNRESET.' },
    { client: 'Python', sees: 'Connection reset by peer (ConnectionResetError, ClientOSError, or inside InvalidMessage).' },
    { client: 'Go (gorilla, coder)', sees: 'read: connection reset by peer.' },
  ],
  rows: ['hop.rst-on-upgrade', 'srv.cut-head'],
  apply: (_, { ms }) => ({ raw: '', end: 'reset', holdMs: ms }),
});

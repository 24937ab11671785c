import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'tls-reset',
  stage: 'client-tls',
  leg: 'client',
  only: 'tls',
  title: 'The connection is reset right after the ClientHello',
  about:
    'The client says its ClientHello, and gets RST in place of a ServerHello. The server leg was secured before, so only the client sees it.',
  imitates: 'A national or corporate filter that resets by the name in the ClientHello, a load balancer without a backend for that name.',
  params: {
    ms: { type: 'number', default: 0, min: 0, max: 3_600_000, about: 'How long after the ClientHello, milliseconds.' },
  },
  example: 'tls-reset',
  expects: ['tls.handshake-eof'],
  effects: [
    { client: 'Node (ws)', sees: 'read ECONNRESET, or: Client network socket disconnected before secure TLS connection was established.' },
    { client: 'Chromium', sees: 'net::ERR_CONNECTION_RESET.' },
    { client: 'Python websockets', sees: 'ConnectionResetError.' },
    { client: 'Go (gorilla)', sees: 'read: connection reset by peer.' },
  ],
  refusedBy: {
    node: 'read ECONNRESET',
    curl: '35',
    python: 'ConnectionResetError',
    go: 'connection reset by peer',
    java: 'Connection reset',
    chromium: 'ERR_CONNECTION_RESET',
    firefox: 'refused',
  },
  apply: (_, { ms }) => ({ instead: { bytes: '', end: 'reset', endMs: ms } }),
});

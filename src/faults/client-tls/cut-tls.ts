import { endingHows } from '../changes.js';
import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'cut-tls',
  stage: 'client-tls',
  leg: 'client',
  only: 'tls',
  title: 'The connection ends in the middle of the TLS handshake',
  about:
    "Of the server's side of the handshake the first `bytes` bytes arrive, and then the connection ends. A ServerHello takes about 100 bytes, the whole flight of a small certificate about 1,000; when the handshake is over before so many were sent, nothing happens.",
  imitates:
    'A middlebox that drops a connection when it sees the certificate, a terminator that crashes while it signs, a bad mobile link.',
  params: {
    bytes: { type: 'number', default: 60, min: 1, max: 65_536, whole: true, about: "How many of the server's bytes arrive." },
    end: { type: 'string', default: 'fin', choices: endingHows, about: 'How the connection ends behind them.' },
  },
  example: 'cut-tls:bytes=60',
  expects: ['tls.handshake-eof', 'tls.handshake-timeout'],
  effects: [
    { client: 'Node (ws)', sees: 'Client network socket disconnected before secure TLS connection was established.' },
    { client: 'Chromium', sees: 'net::ERR_CONNECTION_CLOSED.' },
    { client: 'Firefox', sees: "Can't establish a connection, close 1006." },
    { client: 'Python websockets', sees: 'ConnectionResetError.' },
    { client: 'Go (gorilla)', sees: 'unexpected EOF.' },
  ],
  refusedBy: {
    node: 'before secure TLS connection was established',
    curl: '35',
    python: 'ConnectionResetError',
    go: 'unexpected EOF',
    java: 'BUFFER_UNDERFLOW with EOF',
    chromium: 'ERR_CONNECTION_CLOSED',
    firefox: 'refused',
  },
  apply: (_, { bytes, end }) => ({ flight: { cut: { bytes, end } } }),
});

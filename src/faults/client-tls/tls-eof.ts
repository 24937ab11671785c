import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'tls-eof',
  stage: 'client-tls',
  leg: 'client',
  only: 'tls',
  title: 'The connection ends right after the ClientHello',
  about:
    'The client says its ClientHello, and gets FIN in place of a ServerHello: not one byte of TLS comes back. The server leg was secured before, so only the client sees it.',
  imitates:
    'A TLS terminator that crashed or has no certificate for the name, a firewall that reads the name in the ClientHello and hangs up.',
  params: {
    ms: { type: 'number', default: 0, min: 0, max: 3_600_000, about: 'How long after the ClientHello, milliseconds.' },
  },
  example: 'tls-eof',
  expects: ['tls.handshake-eof'],
  effects: [
    { client: 'Node (ws)', sees: 'Client network socket disconnected before secure TLS connection was established.' },
    { client: 'Chromium', sees: 'net::ERR_CONNECTION_CLOSED.' },
    { client: 'Python websockets', sees: 'ConnectionResetError.' },
    { client: 'Go (gorilla)', sees: 'EOF.' },
    { client: 'curl', sees: 'Exit code 35, OpenSSL SSL_connect: SSL_ERROR_SYSCALL, or unexpected eof while reading.' },
  ],
  refusedBy: {
    node: 'before secure TLS connection was established',
    curl: '35',
    python: 'ConnectionResetError',
    go: 'EOF',
    java: 'Remote host terminated the handshake',
    chromium: 'ERR_CONNECTION_CLOSED',
    firefox: 'refused',
  },
  rows: ['tls.eof'],
  apply: (_, { ms }) => ({ instead: { bytes: '', end: 'fin', endMs: ms } }),
});

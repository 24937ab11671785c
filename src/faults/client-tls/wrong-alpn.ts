import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'wrong-alpn',
  stage: 'client-tls',
  leg: 'client',
  only: 'tls',
  title: 'ALPN says HTTP/2, and HTTP/1.1 is spoken',
  about:
    'Of the protocols that the client offers h2 is chosen, and behind the TLS an HTTP/1.1 server answers: the client sends the preface of HTTP/2 to it. A client that does not offer h2 is left alone; a protocol that a client did not offer cannot be chosen, OpenSSL refuses to.',
  imitates: 'A TLS terminator with h2 in its list that passes the decrypted bytes on to a backend of HTTP/1.1 as they are.',
  params: {},
  example: 'wrong-alpn',
  expects: ['tls.alpn-h2-only'],
  effects: [
    { client: 'Firefox', sees: "Can't establish a connection, close 1006: it offers h2 for a WebSocket too." },
    { client: 'Chromium, Node, Python, Go, Java, curl --http1.1', sees: 'Nothing: for a WebSocket they do not offer h2.' },
    { client: 'Node http2, and others that offer h2', sees: 'A protocol error: an answer of HTTP/1.1 in place of SETTINGS.' },
  ],
  refusedBy: { node: null, curl: null, python: null, go: null, java: null, chromium: null, firefox: 'refused' },
  apply: ({ alpn }) => (alpn.includes('h2') ? { alpn: 'h2', speaks: 'http/1.1' } : undefined),
});

import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'old-tls-only',
  stage: 'client-tls',
  leg: 'client',
  only: 'tls',
  title: 'The server speaks an old TLS version only',
  about:
    'The handshake is held to TLS 1.1, or 1.0. A client that has switched those off (RFC 8996) shares no version with us; one that has not connects. It changes what the client finds; `offer-old-tls` changes what the server is offered.',
  imitates: 'A load balancer or device that was configured ten years ago, an old JDK, a policy named "compatible".',
  params: {
    version: { type: 'string', default: '1.1', choices: ['1.0', '1.1'], about: 'The one version that is spoken.' },
  },
  example: 'old-tls-only:version=1.1',
  expects: ['tls.version'],
  effects: [
    { client: 'Node (ws)', sees: 'tlsv1 alert protocol version (alert 70).' },
    { client: 'Chromium', sees: 'net::ERR_SSL_VERSION_OR_CIPHER_MISMATCH.' },
    { client: 'Firefox', sees: "Can't establish a connection, close 1015." },
    { client: 'Python websockets', sees: 'SSLError: tlsv1 alert protocol version, or legacy sigalg disallowed or unsupported.' },
    { client: 'Go (gorilla)', sees: 'remote error: tls: protocol version not supported.' },
  ],
  refusedBy: {
    node: 'alert protocol version',
    curl: '35 legacy sigalg disallowed',
    python: 'legacy sigalg disallowed',
    go: 'protocol version not supported',
    java: 'protocol_version',
    chromium: 'ERR_SSL_VERSION_OR_CIPHER_MISMATCH',
    firefox: 'refused',
  },
  rows: ['tls.max11'],
  apply: (_, { version }) => ({ min: version, max: version }),
});

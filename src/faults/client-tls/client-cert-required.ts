import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'client-cert-required',
  stage: 'client-tls',
  leg: 'client',
  only: 'tls',
  title: 'The server wants a client certificate',
  about:
    'The client is asked for a certificate (CertificateRequest), and turned away without one: in TLS 1.3 with alert 116 behind a handshake that went well for the client, in TLS 1.2 with alert 40 in the middle of it. Any certificate is taken, whoever signed it.',
  imitates: 'A server with mutual TLS (ssl_verify_client on) that an app without its certificate, or a browser without it, talks to.',
  params: {
    version: { type: 'string', default: 'any', choices: ['any', '1.2', '1.3'], about: 'The TLS version, for the alert depends on it.' },
  },
  example: 'client-cert-required',
  expects: ['certificate.client-cert-required'],
  effects: [
    { client: 'Node (ws)', sees: 'tlsv13 alert certificate required (alert 116), as a read error.' },
    { client: 'Chromium', sees: 'WebSocket opening handshake was canceled, or net::ERR_BAD_SSL_CLIENT_AUTH_CERT.' },
    { client: 'Firefox', sees: "Can't establish a connection, close 1015." },
    { client: 'Python websockets', sees: 'InvalidMessage: did not receive a valid HTTP response; the alert stands in its cause only.' },
    { client: 'Go (gorilla)', sees: 'remote error: tls: certificate required.' },
    { client: 'curl', sees: 'Exit code 56, tlsv13 alert certificate required.' },
  ],
  refusedBy: {
    node: 'alert certificate required',
    curl: '56 certificate required',
    python: 'did not receive a valid HTTP response',
    go: 'certificate required',
    java: 'certificate_required',
    chromium: 'refused',
    firefox: 'refused',
  },
  rows: ['cert.mtls-require'],
  apply: (_, { version }) => ({
    clientCertificate: 'required',
    ...(version === '1.2' && { max: version }),
    ...(version === '1.3' && { min: version }),
  }),
});

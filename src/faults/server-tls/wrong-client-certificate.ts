import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'wrong-client-certificate',
  stage: 'server-tls',
  leg: 'server',
  only: 'tls',
  title: 'The server is shown a client certificate that it does not know',
  about:
    "When the server asks for a client certificate it is shown one of shakedown's own CA, whatever --client-cert says. A server that verifies refuses it with the alert unknown_ca or bad_certificate, in TLS 1.3 only after the handshake.",
  imitates: 'A certificate of the staging CA in production, one of a CA that was replaced, the wrong one of several in a key store.',
  params: {},
  example: 'wrong-client-certificate',
  expects: ['certificate.client-cert-rejected'],
  effects: [],
  rows: ['cert.mtls-drop'],
  apply: ({ secure }) => (secure ? { clientCertificate: 'other' } : undefined),
});

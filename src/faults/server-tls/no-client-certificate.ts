import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'no-client-certificate',
  stage: 'server-tls',
  leg: 'server',
  only: 'tls',
  title: 'The client certificate is not shown',
  about:
    'The client certificate that shakedown was given for this server (--client-cert) is not shown when the server asks for one. Where there is none to be shown, nothing changes.',
  imitates:
    'A client that lost access to its key store, a proxy that opens the TLS and has no certificate of its own, a smart card that was pulled.',
  params: {},
  example: 'no-client-certificate',
  expects: ['certificate.client-cert-required'],
  effects: [],
  rows: ['cert.mtls-drop'],
  apply: ({ secure, certificate }) => (secure && certificate ? { clientCertificate: 'none' } : undefined),
});

import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'revoked-cert',
  stage: 'client-tls',
  leg: 'client',
  only: 'tls',
  title: 'The certificate was revoked',
  about:
    'The certificate is sound, and the OCSP answer that is stapled to it (RFC 6066 section 8), signed by its issuer, says that it was revoked yesterday. It reaches clients that ask for a staple; most others ask nobody, and open. No revocation server is named in it.',
  imitates: 'A key that leaked, a certificate that its CA had to withdraw, a server that staples and was not given the new one.',
  params: {
    reason: {
      type: 'string',
      default: 'keyCompromise',
      choices: ['unspecified', 'keyCompromise', 'cACompromise', 'affiliationChanged', 'superseded', 'cessationOfOperation'],
      about: 'Why it was revoked, as the answer says.',
    },
  },
  example: 'revoked-cert',
  expects: ['certificate.revoked'],
  effects: [
    { client: 'curl --cert-status', sees: 'Exit code 91: SSL certificate revocation reason.' },
    { client: 'Chromium', sees: 'net::ERR_CERT_REVOKED.' },
    { client: 'Firefox', sees: "Can't establish a connection, close 1015." },
    { client: 'Node, Python, Go, Java, curl without that flag', sees: 'Nothing: they do not look at a staple.' },
  ],
  refusedBy: { node: null, curl: null, python: null, go: null, java: null, chromium: 'ERR_CERT_REVOKED', firefox: 'refused' },
  rows: ['cert.revoked'],
  apply: (_, { reason }) => ({ recipe: 'intermediate', certificate: { revoked: reason } }),
});

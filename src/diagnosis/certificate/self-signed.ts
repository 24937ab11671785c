import { searchCertificates, whose } from '../certificates.js';
import { certificateField } from '../evidence.js';
import { remediesFor } from '../remedies/remedies.js';
import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'certificate.self-signed',
  cause: 'certificate',
  severity: 'error',
  title: 'The certificate is self-signed',
  question: 'Is the only certificate its own issuer?',
  remedy: 'Use a certificate of a CA, or let the client trust this one.',
  fixes: [
    {
      for: 'the server',
      text: 'For local work make a CA of your own once, and issue from it.',
      config: 'mkcert -install && mkcert app.example',
    },
    { for: 'shakedown', text: 'Trust it on the server leg.', config: 'shakedown start --upstream-ca server-cert.pem' },
    ...remediesFor('trust'),
  ],
  rfc: 'RFC 5280 6.1',
  examine: (exchange) =>
    searchCertificates(exchange, {
      name: 'self-signed',
      codes: ['DEPTH_ZERO_SELF_SIGNED_CERT'],
      kinds: ['self-signed'],
      facts: ({ chain, leaf, leg }) =>
        chain.length === 1 && leaf?.selfSigned ? [certificateField(leg, 'issuer = subject', leaf.subject)] : undefined,
      title: (shown) => `${whose(shown)} is self-signed`,
    }),
});

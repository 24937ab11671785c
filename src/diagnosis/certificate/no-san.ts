import { searchCertificates, whose } from '../certificates.js';
import { certificateField } from '../evidence.js';
import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'certificate.no-san',
  cause: 'certificate',
  severity: 'error',
  title: 'The certificate has a common name only',
  question: 'Does the certificate lack subject alternative names?',
  remedy:
    'Issue it again with subject alternative names. Chromium, Firefox and Go ignore the common name; Node, Python and curl still accept it.',
  fixes: [
    {
      for: 'the server',
      text: 'Issue it again with names.',
      config: 'openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=app.example -addext subjectAltName=DNS:app.example',
    },
  ],
  rfc: 'RFC 9525 6',
  examine: (exchange) =>
    searchCertificates(exchange, {
      name: 'no-san',
      codes: [],
      kinds: ['no-san'],
      facts: ({ leaf, leg }) =>
        leaf && leaf.dnsNames.length === 0 && leaf.ipAddresses.length === 0
          ? [certificateField(leg, 'subjectAltName', '(none)')]
          : undefined,
      clientsDiffer: true,
      title: (shown) => `${whose(shown)} has a common name only: Chromium, Firefox and Go refuse it`,
    }),
});

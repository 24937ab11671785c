import { searchCertificates, whose } from '../certificates.js';
import { refusedOursWith } from '../client-trust.js';
import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'certificate.revoked',
  cause: 'certificate',
  severity: 'error',
  title: 'The certificate was revoked',
  question: 'Did verification, an alert or the stapled OCSP answer say revoked?',
  remedy: 'Issue a new certificate with a new key.',
  fixes: [{ for: 'the server', text: 'Issue a new certificate with a new key, and find out why the old one was revoked.' }],
  rfc: 'RFC 6960 2.2',
  examine: (exchange) =>
    refusedOursWith(exchange, {
      alerts: [44, 113],
      because: "it checks revocation, and shakedown's certificates name no place where that can be asked",
      fix: 'Switch its check for revocation (CRL, OCSP) off while it goes through shakedown.',
    }) ??
    searchCertificates(exchange, {
      name: 'revoked',
      codes: ['CERT_REVOKED'],
      kinds: ['revoked'],
      facts: ({ alert, leg, staple }) => {
        if (staple === 'revoked') return [{ leg, what: 'certificate', text: 'stapled OCSP answer: revoked' }];
        return alert === 44 ? [{ leg, what: 'tls', text: 'TLS alert 44 (certificate_revoked)' }] : undefined;
      },
      clientsDiffer: true,
      title: (shown) => `${whose(shown)} was revoked`,
    }),
});

import type { Evidence } from '../../model/finding.js';
import { isStale, type Shown, searchCertificates, whose } from '../certificates.js';
import { refusedOursWith } from '../client-trust.js';
import { certificateField } from '../evidence.js';
import { defineRule } from '../rule.js';

/** An answer that the issuer did not sign says nothing. */
const stapled = ({ leg, staple, ocsp }: Shown): Evidence[] => {
  if (staple !== 'revoked' || ocsp?.verified === false) return [];
  const since = ocsp?.revokedAt ? ` since ${ocsp.revokedAt}` : '';
  return [certificateField(leg, 'stapled OCSP answer', `revoked${since}${ocsp?.reason ? ` (${ocsp.reason})` : ''}`)];
};

export const rule = defineRule({
  code: 'certificate.revoked',
  cause: 'certificate',
  severity: 'error',
  title: 'The certificate was revoked',
  question: 'Did verification, an alert or the stapled OCSP answer say revoked?',
  remedy:
    'Issue a new certificate with a new key. Browsers refuse a revoked one; Node, Python, Go and curl do not look, unless they are told to.',
  fixes: [
    {
      for: 'the server',
      text: 'Issue a new certificate with a new key, and find out why the old one was revoked. Where it was renewed already, the server still serves the old one: let it read its files again.',
    },
  ],
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
      facts: (shown) => {
        const proof = stapled(shown);
        if (proof.length > 0) return proof;
        return shown.alert === 44 ? [{ leg: shown.leg, what: 'tls', text: 'TLS alert 44 (certificate_revoked)' }] : undefined;
      },
      clientsDiffer: true,
      // Revocation is for good, but clients do not believe an answer that is out of date.
      confidence: (shown) => (isStale(shown) ? 0.8 : 0.95),
      title: (shown) => `${whose(shown)} was revoked`,
    }),
});

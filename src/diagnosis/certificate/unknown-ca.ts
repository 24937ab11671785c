import { chainAlone, looksIntermediate, searchCertificates, whose } from '../certificates.js';
import { refusedOurs } from '../client-trust.js';
import { certificateField } from '../evidence.js';
import { remediesFor } from '../remedies/remedies.js';
import { defineRule } from '../rule.js';

const leafOnly = ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'];

export const rule = defineRule({
  code: 'certificate.unknown-ca',
  cause: 'certificate',
  severity: 'error',
  title: 'The certificate was issued by a CA that is not trusted',
  question: 'Does the chain end in a root that whoever was shown it does not know?',
  remedy: 'Let the client trust the CA. Never switch verification off: that hides the defect instead of mending it.',
  fixes: [
    { for: 'shakedown', text: 'Trust a private CA on the server leg.', config: 'shakedown start --upstream-ca ca.pem' },
    ...remediesFor('trust'),
  ],
  rfc: 'RFC 5280 6',
  examine: (exchange) =>
    refusedOurs(exchange) ??
    searchCertificates(exchange, {
      name: 'unknown-ca',
      codes: ['SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_GET_ISSUER_CERT', 'CERT_UNTRUSTED'],
      kinds: ['unknown-ca', 'unknown-root'],
      facts: (shown) =>
        leafOnly.includes(shown.error) && !shown.defects.includes('incomplete-chain')
          ? [certificateField(shown.leg, 'issuer', shown.chain.at(-1)?.issuer ?? '(none)')]
          : undefined,
      confidence: (shown) => (chainAlone(shown) && looksIntermediate(shown) ? 0.45 : 0.75),
      title: (shown) => `${whose(shown)} was issued by a CA that is not trusted`,
    }),
});

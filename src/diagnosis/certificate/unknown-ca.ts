import { chainAlone, chainEnd, looksIntermediate, searchCertificates, whose } from '../certificates.js';
import { refusedOurs } from '../client-trust.js';
import { certificateField } from '../evidence.js';
import { remediesFor } from '../remedies/remedies.js';
import { defineRule } from '../rule.js';

const leafOnly = ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'];

const rootSent = ['SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_GET_ISSUER_CERT', 'CERT_UNTRUSTED'];

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
      codes: rootSent,
      kinds: ['unknown-ca', 'unknown-root'],
      facts: (shown) => {
        const { leg, chain, error, defects } = shown;
        const named = defects.includes('unknown-ca') || rootSent.includes(error);
        if (!named && (!leafOnly.includes(error) || defects.includes('incomplete-chain'))) return undefined;
        // Where verification stopped: no root is known by that name.
        return [
          certificateField(leg, 'no trusted root is called', chainEnd(shown)?.issuer ?? '(none)'),
          certificateField(leg, 'certificates sent', String(chain.length)),
        ];
      },
      confidence: (shown) => (chainAlone(shown) && looksIntermediate(shown) ? 0.45 : 0.75),
      title: (shown) => `${whose(shown)} was issued by a CA that is not trusted`,
    }),
});

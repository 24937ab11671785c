import { chainAlone, looksIntermediate, searchCertificates, whose } from '../certificates.js';
import { certificateField } from '../evidence.js';
import { remediesFor } from '../remedies/remedies.js';
import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'certificate.incomplete-chain',
  cause: 'certificate',
  severity: 'error',
  title: 'The intermediate certificate is missing',
  question: 'Did the server send its own certificate without the one that issued it?',
  remedy:
    'Serve the full chain. Browsers often have the intermediate at hand or fetch it, other clients do not: that is why it works in one and not in the other.',
  fixes: remediesFor('chain'),
  rfc: 'RFC 8446 4.4.2',
  examine: (exchange) =>
    searchCertificates(exchange, {
      name: 'incomplete-chain',
      codes: [],
      kinds: ['missing-intermediate'],
      facts: (shown) =>
        chainAlone(shown) &&
        !shown.defects.includes('unknown-ca') &&
        ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'].includes(shown.error)
          ? [certificateField(shown.leg, 'certificates sent', '1'), certificateField(shown.leg, 'issuer', shown.leaf?.issuer ?? '')]
          : undefined,
      confidence: (shown) => (looksIntermediate(shown) ? 0.88 : 0.5),
      title: (shown) => `${whose(shown)} came without the intermediate that issued it`,
    }),
});

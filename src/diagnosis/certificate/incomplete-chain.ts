import { chainAlone, chainEnd, looksIntermediate, searchCertificates, whose } from '../certificates.js';
import { certificateField } from '../evidence.js';
import { remediesFor } from '../remedies/remedies.js';
import { defineRule } from '../rule.js';

const unverified = ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'];

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
      facts: (shown) => {
        const { leg, chain, defects, error } = shown;
        // The mirror calls an issuer unknown of which it knows nothing; one that calls itself an intermediate had to be sent all the same.
        const guessed = chainAlone(shown) && unverified.includes(error) && (looksIntermediate(shown) || !defects.includes('unknown-ca'));
        const last = chainEnd(shown);
        if (!last || !(guessed || defects.includes('incomplete-chain'))) return undefined;
        return [
          certificateField(leg, 'certificates sent', String(chain.length)),
          certificateField(leg, 'issuer', `${last.issuer} (not sent)`),
          ...(last.caIssuers ?? []).map((url) => certificateField(leg, 'where it can be had (caIssuers)', url)),
        ];
      },
      confidence: (shown) => (looksIntermediate(shown) ? 0.88 : 0.5),
      title: (shown) => `${whose(shown, chainEnd(shown))} came without the intermediate that issued it`,
    }),
});

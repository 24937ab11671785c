import { searchCertificates, whose } from '../certificates.js';
import { certificateField } from '../evidence.js';
import { defineRule } from '../rule.js';

/** id-kp-serverAuth and anyExtendedKeyUsage. */
const serverUse = ['1.3.6.1.5.5.7.3.1', '2.5.29.37.0'];

export const rule = defineRule({
  code: 'certificate.wrong-purpose',
  cause: 'certificate',
  severity: 'error',
  title: 'The certificate is not meant for servers',
  question: 'Does the extended key usage lack serverAuth, or is it the certificate of a CA?',
  remedy: 'Issue the certificate for server authentication.',
  fixes: [
    {
      for: 'the server',
      text: 'Issue it with the right purpose.',
      config: 'extendedKeyUsage = serverAuth\nkeyUsage = digitalSignature\nbasicConstraints = CA:FALSE',
    },
  ],
  rfc: 'RFC 5280 4.2.1.12',
  examine: (exchange) =>
    searchCertificates(exchange, {
      name: 'wrong-purpose',
      codes: ['INVALID_PURPOSE'],
      kinds: ['wrong-eku', 'ca-leaf', 'key-usage'],
      facts: ({ leaf, leg }) => {
        if (!leaf) return undefined;
        const usage = leaf.extendedKeyUsage;
        if (usage && !usage.some((oid) => serverUse.includes(oid)))
          return [certificateField(leg, 'extendedKeyUsage', usage.join(', ') || '(empty)')];
        return leaf.isCa && !leaf.selfSigned ? [certificateField(leg, 'basicConstraints', 'CA:TRUE')] : undefined;
      },
      confidence: ({ leaf }) => (leaf?.extendedKeyUsage ? 0.93 : 0.6),
      title: (shown) => `${whose(shown)} is not meant for servers`,
    }),
});

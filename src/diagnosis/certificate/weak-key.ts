import { searchCertificates, whose } from '../certificates.js';
import { certificateField } from '../evidence.js';
import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'certificate.weak-key',
  cause: 'certificate',
  severity: 'error',
  title: 'The key of the certificate is too short',
  question: 'Is it an RSA key under 2048 bits, or an EC key under 224?',
  remedy:
    'Issue the certificate with a longer key. OpenSSL at security level 2 (Debian, Python, curl) refuses it; Node, browsers and Go accepted it.',
  fixes: [
    {
      for: 'the server',
      text: 'Make a new key and a new certificate.',
      config: 'openssl ecparam -genkey -name prime256v1 -noout -out key.pem',
    },
  ],
  rfc: 'RFC 9325 4.4',
  examine: (exchange) =>
    searchCertificates(exchange, {
      name: 'weak-key',
      codes: ['EE_KEY_TOO_SMALL', 'CA_KEY_TOO_SMALL', 'ERR_SSL_EE_KEY_TOO_SMALL'],
      kinds: ['weak-key'],
      facts: ({ leaf, leg }) => {
        if (!leaf || leaf.keyBits === 0) return undefined;
        const short = leaf.keyType.startsWith('rsa') ? leaf.keyBits < 2048 : leaf.keyType === 'ec' && leaf.keyBits < 224;
        return short ? [certificateField(leg, 'public key', `${leaf.keyType} ${leaf.keyBits} bits`)] : undefined;
      },
      clientsDiffer: true,
      title: (shown) => `The key of ${whose(shown).replace(/^The/, 'the')} is too short: ${shown.leaf?.keyType} ${shown.leaf?.keyBits}`,
    }),
});

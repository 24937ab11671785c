import type { CertificateFacts } from '../../model/tls-facts.js';
import { placeOf, type Shown, searchCertificates, whose } from '../certificates.js';
import { certificateField } from '../evidence.js';
import { defineRule } from '../rule.js';

const weakOf = ({ chain }: Shown): CertificateFacts | undefined =>
  chain.find(({ signature, selfSigned }) => !selfSigned && /sha-?1(?!\d)|md5/i.test(signature));

export const rule = defineRule({
  code: 'certificate.weak-signature',
  cause: 'certificate',
  severity: 'error',
  title: 'The certificate is signed with SHA-1 or MD5',
  question: 'Is the signature made with a digest that clients refuse?',
  remedy: 'Issue the certificate again, signed with SHA-256.',
  fixes: [{ for: 'the server', text: 'Issue it again.', config: 'openssl x509 -req -sha256 -in server.csr -CA ca.pem -CAkey ca.key' }],
  rfc: 'RFC 9155 2',
  examine: (exchange) =>
    searchCertificates(exchange, {
      name: 'weak-signature',
      codes: ['CA_MD_TOO_WEAK', 'ERR_SSL_CA_MD_TOO_WEAK'],
      kinds: ['sha1'],
      facts: (shown) => {
        const weak = weakOf(shown);
        return weak && [certificateField(shown.leg, 'signature algorithm', weak.signature), ...placeOf(shown, weak)];
      },
      clientsDiffer: true,
      title: (shown) => {
        const weak = weakOf(shown) ?? shown.leaf;
        return `${whose(shown, weak)} is signed with ${weak?.signature || 'a weak digest'}`;
      },
    }),
});

import { searchCertificates, whose } from '../certificates.js';
import { certificateField } from '../evidence.js';
import { defineRule } from '../rule.js';

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
      facts: ({ chain, leg }) => {
        const weak = chain.find(({ signature, selfSigned }) => !selfSigned && /sha-?1(?!\d)|md5/i.test(signature));
        return weak && [certificateField(leg, 'signature algorithm', weak.signature)];
      },
      clientsDiffer: true,
      title: (shown) => `${whose(shown)} is signed with ${shown.leaf?.signature || 'a weak digest'}`,
    }),
});

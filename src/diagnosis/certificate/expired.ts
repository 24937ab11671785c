import { timeOf } from '../../model/clock.js';
import { placeOf, searchCertificates, whose } from '../certificates.js';
import { certificateField } from '../evidence.js';
import { remediesFor } from '../remedies/remedies.js';
import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'certificate.expired',
  cause: 'certificate',
  severity: 'error',
  title: 'The certificate has expired',
  question: 'Did a certificate of the chain end before the handshake?',
  remedy: 'Renew the certificate, and reload the server: many go on serving the old one until then.',
  fixes: [
    { for: 'the server', text: 'Renew the certificate, and reload.', config: 'certbot renew && nginx -s reload' },
    ...remediesFor('chain'),
  ],
  rfc: 'RFC 5280 4.1.2.5',
  examine: (exchange) =>
    searchCertificates(exchange, {
      name: 'expired',
      codes: ['CERT_HAS_EXPIRED'],
      kinds: ['expired', 'expired-intermediate'],
      facts: (shown) => {
        const old = shown.chain.find(({ notAfter }) => timeOf(notAfter) < shown.at);
        return old && [certificateField(shown.leg, 'notAfter', old.notAfter), ...placeOf(shown, old)];
      },
      title: (shown) => {
        const old = shown.chain.find(({ notAfter }) => timeOf(notAfter) < shown.at) ?? shown.leaf;
        return `${whose(shown, old)} expired${old ? ` on ${old.notAfter.slice(0, 10)}` : ''}`;
      },
    }),
});

import { timeOf } from '../../model/clock.js';
import { placeOf, searchCertificates, whose } from '../certificates.js';
import { certificateField } from '../evidence.js';
import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'certificate.not-yet-valid',
  cause: 'certificate',
  severity: 'error',
  title: 'The certificate is not valid yet',
  question: 'Does a certificate of the chain begin after the handshake?',
  remedy: 'Set the clocks (NTP), or wait: a fresh certificate may begin in another time zone.',
  fixes: [
    { for: 'the machine', text: 'Let the clock be set by the network.', config: 'timedatectl set-ntp true' },
    { for: 'the server', text: 'Issue the certificate with a beginning in the past.' },
  ],
  rfc: 'RFC 5280 4.1.2.5',
  examine: (exchange) =>
    searchCertificates(exchange, {
      name: 'not-yet-valid',
      codes: ['CERT_NOT_YET_VALID'],
      kinds: ['not-yet-valid'],
      facts: (shown) => {
        const young = shown.chain.find(({ notBefore }) => timeOf(notBefore) > shown.at);
        return young && [certificateField(shown.leg, 'notBefore', young.notBefore), ...placeOf(shown, young)];
      },
      title: (shown) => {
        const young = shown.chain.find(({ notBefore }) => timeOf(notBefore) > shown.at) ?? shown.leaf;
        return `${whose(shown, young)} is not valid yet${young ? `: it begins on ${young.notBefore.slice(0, 10)}` : ''}`;
      },
    }),
});

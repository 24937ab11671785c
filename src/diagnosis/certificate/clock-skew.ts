import { timeOf } from '../../model/clock.js';
import type { Exchange } from '../../model/exchange.js';
import { searchCertificates, whose } from '../certificates.js';
import { clientFailureText } from '../client-alerts.js';
import { certificateField } from '../evidence.js';
import { defineRule, type Verdict } from '../rule.js';

/** The widest time zone: a clock that was set to local time in place of UTC is wrong by no more. */
const zoneMs = 14 * 3_600_000;

const calledExpired = ({ client, applied, mirrored, startedAt }: Exchange): Verdict | undefined => {
  const leaf = client.tlsFailure?.chain[0];
  if (client.tlsFailure?.alert !== 45 || !leaf || mirrored || applied.some(({ stage }) => stage === 'client-tls')) return undefined;
  const now = timeOf(startedAt);
  if (now < timeOf(leaf.notBefore) || now > timeOf(leaf.notAfter)) return undefined;
  return {
    confidence: 0.9,
    evidence: [
      { leg: 'client', what: 'tls', text: clientFailureText(client.tlsFailure) },
      certificateField('client', 'notBefore', leaf.notBefore),
      certificateField('client', 'notAfter', leaf.notAfter),
      { leg: 'client', what: 'timing', text: `shown at ${startedAt}` },
    ],
    culprit: 'the client',
  };
};

/** Nobody issues a certificate for this evening: whoever issued it had another time than whoever reads it. */
const beginsSoon = (exchange: Exchange): Verdict | undefined =>
  searchCertificates(exchange, {
    name: 'clock-skew',
    codes: [],
    kinds: [],
    facts: ({ leaf, leg, at }) => {
      const ahead = leaf ? timeOf(leaf.notBefore) - at : 0;
      return leaf && ahead > 0 && ahead <= zoneMs ? [certificateField(leg, 'notBefore', leaf.notBefore)] : undefined;
    },
    confidence: () => 0.6,
    title: (shown) => `${whose(shown)} begins within hours: a clock is wrong, the one here or the one where it was issued`,
  });

export const rule = defineRule({
  code: 'certificate.clock-skew',
  cause: 'certificate',
  severity: 'error',
  title: 'A clock is wrong',
  question: 'Did the client call a certificate expired that is valid now, or does one begin within hours?',
  remedy: 'Set the clock of the machine on which the client runs, or of the one that issued the certificate.',
  fixes: [
    { for: 'the client', text: 'Set the clock (NTP); in a virtual machine also after it slept.', config: 'timedatectl set-ntp true' },
  ],
  rfc: 'RFC 5280 4.1.2.5',
  examine: (exchange) => calledExpired(exchange) ?? beginsSoon(exchange),
});

import { timeOf } from '../../model/clock.js';
import { clientFailureText } from '../client-alerts.js';
import { certificateField } from '../evidence.js';
import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'certificate.clock-skew',
  cause: 'certificate',
  severity: 'error',
  title: "The client's clock is wrong",
  question: 'Did the client call a certificate expired that is valid now?',
  remedy: 'Set the clock of the machine on which the client runs.',
  fixes: [
    { for: 'the client', text: 'Set the clock (NTP); in a virtual machine also after it slept.', config: 'timedatectl set-ntp true' },
  ],
  rfc: 'RFC 5280 4.1.2.5',
  examine: ({ client, applied, mirrored, startedAt }) => {
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
  },
});

import { fieldEvidence } from '../evidence.js';
import { complaintOf, hasFlaw, lossOf, lossSeverity } from '../hops.js';
import { refusalTexts } from '../refusal-texts.js';
import { remediesFor } from '../remedies/remedies.js';
import { defineRule } from '../rule.js';
import { clientRequestOf, requestOf } from '../sights.js';

export const rule = defineRule({
  code: 'intermediary.connection-header-lost',
  cause: 'intermediary',
  severity: 'error',
  title: 'The Connection field lost its word Upgrade on the way',
  question: 'Is Upgrade still there while Connection says close, keep-alive or nothing?',
  remedy: 'Let the proxy send Connection: Upgrade on. With nginx the Upgrade line alone is not enough.',
  fixes: remediesFor('upgrade'),
  rfc: 'RFC 9110 7.6.1',
  examine: (exchange) => {
    const loss = lossOf(exchange, 'missing-connection', 'bad-connection');
    if (loss && !hasFlaw(loss.seen, 'missing-upgrade')) {
      const sent = clientRequestOf(exchange);
      const before = sent && loss.where === 'here' ? [fieldEvidence(sent, 'Connection')] : [];
      return {
        confidence: loss.where === 'here' ? 0.97 : 0.9,
        evidence: [fieldEvidence(loss.seen, 'Connection'), ...before, fieldEvidence(loss.seen, 'Upgrade')],
        title:
          loss.where === 'here'
            ? 'The Connection field lost its word Upgrade between client and server'
            : 'The request came without Upgrade in its Connection field: a proxy before shakedown changed it',
        severity: lossSeverity(exchange),
        culprit: null,
      };
    }
    const request = requestOf(exchange);
    if (!request || hasFlaw(request, 'missing-connection', 'bad-connection')) return undefined;
    const complaint = complaintOf(exchange, refusalTexts.connection);
    return (
      complaint && {
        ...complaint.verdict,
        evidence: [...complaint.verdict.evidence, fieldEvidence(request, 'Connection')],
        title: 'A proxy behind shakedown changed the Connection field',
      }
    );
  },
});

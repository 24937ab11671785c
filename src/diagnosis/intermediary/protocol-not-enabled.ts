import { culpritOf } from '../culprits.js';
import { startLine } from '../evidence.js';
import { remediesFor } from '../remedies/remedies.js';
import { defineRule } from '../rule.js';
import { refusedWith } from '../sights.js';

export const rule = defineRule({
  code: 'intermediary.protocol-not-enabled',
  cause: 'intermediary',
  severity: 'error',
  title: 'The gateway has WebSockets switched off',
  question: 'Did a gateway refuse in the way in which it refuses an upgrade that it was not told of (Envoy 403 without a body, IIS 501)?',
  remedy: 'Switch WebSockets on at the gateway.',
  fixes: remediesFor('upgrade'),
  rfc: 'RFC 9110 7.8',
  examine: (exchange) => {
    const answer = refusedWith(exchange, 403, 501);
    const gateway = answer && culpritOf(answer.head, answer.body);
    if (!answer || gateway?.role !== 'intermediary') return undefined;
    const envoy = gateway.name === 'Envoy' && answer.status === 403 && answer.body === '';
    const iis = /IIS|Azure/.test(gateway.name) && answer.status === 501;
    if (!envoy && !iis) return undefined;
    return {
      confidence: 0.85,
      evidence: [startLine(answer), gateway.evidence],
      title: `${gateway.name} has WebSockets switched off for this route`,
    };
  },
});

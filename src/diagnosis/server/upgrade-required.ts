import { fieldEvidence, presentFields, startLine } from '../evidence.js';
import { remediesFor } from '../remedies/remedies.js';
import { defineRule } from '../rule.js';
import { refusedWith, requestOf } from '../sights.js';

export const rule = defineRule({
  code: 'server.upgrade-required',
  cause: 'server',
  severity: 'error',
  title: 'The server saw no upgrade, and asks for one',
  question: 'Was the answer 426?',
  remedy:
    'If the request has Upgrade and Connection, something between shakedown and the server took them away; else the client did not send them.',
  fixes: remediesFor('upgrade'),
  rfc: 'RFC 9110 15.5.22',
  examine: (exchange) => {
    const answer = refusedWith(exchange, 426);
    const request = requestOf(exchange);
    return (
      answer && {
        confidence: 0.78,
        evidence: [
          startLine(answer),
          ...presentFields(answer, 'Upgrade'),
          ...(request ? [fieldEvidence(request, 'Upgrade'), fieldEvidence(request, 'Connection')] : []),
        ],
      }
    );
  },
});

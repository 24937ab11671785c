import { flawVerdict, offerEvidence } from '../flaws.js';
import { remediesFor } from '../remedies/remedies.js';
import { defineRule } from '../rule.js';
import { subprotocolRefusal } from '../subprotocol-refusal.js';

export const rule = defineRule({
  code: 'server.subprotocol-mismatch',
  cause: 'server',
  severity: 'error',
  title: 'The server chose a subprotocol that was not offered',
  question: 'Is the chosen subprotocol missing from the offer?',
  remedy: 'Choose one of those that the client offers, letter by letter: upper and lower case differ.',
  fixes: remediesFor('subprotocol'),
  rfc: 'RFC 6455 4.1',
  examine: (exchange) => {
    const verdict = flawVerdict(exchange, 'subprotocol-mismatch');
    if (!verdict) return subprotocolRefusal(exchange, 'offered');
    return verdict && { ...verdict, evidence: [...verdict.evidence, ...offerEvidence(exchange, 'Sec-WebSocket-Protocol')] };
  },
});

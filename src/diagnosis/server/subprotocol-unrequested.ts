import { flawVerdict, offerEvidence } from '../flaws.js';
import { remediesFor } from '../remedies/remedies.js';
import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'server.subprotocol-unrequested',
  cause: 'server',
  severity: 'error',
  title: 'The server chose a subprotocol although none was offered',
  question: 'Does the 101 choose a subprotocol when the request offers none?',
  remedy:
    'Leave Sec-WebSocket-Protocol away when the client offers none, or let the client offer one. The WebSocket of Node 20 dies of it (uncaught TypeError).',
  fixes: [
    { for: 'the client', text: 'Offer the subprotocol that the server wants.', config: "new WebSocket(url, ['chat']);" },
    ...remediesFor('subprotocol'),
  ],
  rfc: 'RFC 6455 4.1',
  examine: (exchange) => {
    const verdict = flawVerdict(exchange, 'subprotocol-unrequested');
    return verdict && { ...verdict, evidence: [...verdict.evidence, ...offerEvidence(exchange, 'Sec-WebSocket-Protocol')] };
  },
});

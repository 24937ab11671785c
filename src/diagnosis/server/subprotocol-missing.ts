import { flawVerdict, offerEvidence } from '../flaws.js';
import { remediesFor } from '../remedies/remedies.js';
import { defineRule } from '../rule.js';
import { subprotocolRefusal } from '../subprotocol-refusal.js';

export const rule = defineRule({
  code: 'server.subprotocol-missing',
  cause: 'server',
  severity: 'warning',
  title: 'The server chose none of the offered subprotocols: legal, but Chromium and ws refuse it',
  question: 'Does the request offer subprotocols while the 101 names none?',
  remedy:
    'Let the server choose one, or let the client offer none. Chromium, ws, undici and websocket-client hang up; Firefox, WebKit, Go, faye and Python go on.',
  fixes: [
    ...remediesFor('subprotocol'),
    { for: 'the client', text: 'Offer no subprotocol when the server knows none.', config: 'new WebSocket(url);' },
  ],
  rfc: 'RFC 6455 4.1, 4.2.2',
  examine: (exchange) => {
    const refused = subprotocolRefusal(exchange, { offered: false });
    if (refused) return refused;
    const verdict = flawVerdict(exchange, 'subprotocol-missing');
    return verdict && { ...verdict, evidence: [...verdict.evidence, ...offerEvidence(exchange, 'Sec-WebSocket-Protocol')] };
  },
});

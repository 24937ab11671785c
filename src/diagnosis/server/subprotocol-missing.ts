import { flawVerdict, offerEvidence } from '../flaws.js';
import { remediesFor } from '../remedies/remedies.js';
import { defineRule } from '../rule.js';
import { subprotocolRefusal } from '../subprotocol-refusal.js';
import { closedForSubprotocol } from '../subprotocols.js';

export const rule = defineRule({
  code: 'server.subprotocol-missing',
  cause: 'server',
  severity: 'warning',
  title: 'The server chose none of the offered subprotocols: legal, but Chromium and ws refuse it',
  question: 'Does the request offer subprotocols while the 101 names none, or does the server close because it misses one?',
  remedy:
    'Let the server choose one, or let the client offer none. Chromium, ws, undici and websocket-client hang up; Firefox, WebKit, Go, faye and Python go on.',
  fixes: [
    ...remediesFor('subprotocol'),
    { for: 'the client', text: 'Offer no subprotocol when the server knows none.', config: 'new WebSocket(url);' },
  ],
  rfc: 'RFC 6455 4.1, 4.2.2',
  examine: (exchange) => {
    const verdict = flawVerdict(exchange, 'subprotocol-missing');
    const offered = offerEvidence(exchange, 'Sec-WebSocket-Protocol');
    const closed = closedForSubprotocol(exchange);
    if (closed)
      return {
        confidence: 0.94,
        severity: 'error',
        evidence: [closed, ...(verdict?.evidence ?? []), ...offered],
        title: verdict
          ? 'The server takes none of the offered subprotocols: it opens, says so, and closes'
          : 'The server wants a subprotocol, and none was offered: it opens, says so, and closes',
      };
    if (!verdict) return subprotocolRefusal(exchange, 'none');
    return { ...verdict, evidence: [...verdict.evidence, ...offered] };
  },
});

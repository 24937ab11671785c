import { bodyExcerpt, startLine } from '../evidence.js';
import { remediesFor } from '../remedies/remedies.js';
import { defineRule } from '../rule.js';
import { refusedWith, requestOf } from '../sights.js';

const complaint = /Session ID unknown|No Connection with that ID/i;

export const rule = defineRule({
  code: 'intermediary.sticky-session',
  cause: 'intermediary',
  severity: 'error',
  title: 'The handshake reached another server than the request before it',
  question: 'Does the server not know the session that another one gave out?',
  remedy:
    'Send all requests of a client to the same server (sticky sessions), or use WebSockets only, without polling or negotiation before.',
  fixes: remediesFor('sticky'),
  rfc: 'engine.io protocol 4',
  examine: (exchange) => {
    const answer = refusedWith(exchange, 400, 404);
    const said = answer && complaint.test(answer.body) ? bodyExcerpt(answer.leg, answer.body, complaint) : undefined;
    if (!answer || !said) return undefined;
    const request = requestOf(exchange);
    return { confidence: 0.92, evidence: [said, startLine(answer), ...(request ? [startLine(request)] : [])] };
  },
});

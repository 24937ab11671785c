import { presentFields, startLine } from '../evidence.js';
import { defineRule } from '../rule.js';
import { refusedWith } from '../sights.js';

export const rule = defineRule({
  code: 'intermediary.rate-limited',
  cause: 'intermediary',
  severity: 'error',
  title: 'Too many handshakes: the rate is limited',
  question: 'Was the answer 429?',
  remedy: 'Wait as long as Retry-After says, and let reconnects wait longer each time, with some chance in it.',
  fixes: [
    { for: 'the client', text: 'Wait before each reconnect: double the time, add chance, honour Retry-After.' },
    { for: 'nginx', text: 'Look for limit_req and limit_conn on the location.', config: 'limit_req zone=ws burst=20 nodelay;' },
  ],
  rfc: 'RFC 6585 4',
  examine: (exchange) => {
    const answer = refusedWith(exchange, 429);
    return answer && { confidence: 0.95, evidence: [startLine(answer), ...presentFields(answer, 'Retry-After')] };
  },
});

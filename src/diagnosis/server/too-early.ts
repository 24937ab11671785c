import { startLine } from '../evidence.js';
import { defineRule } from '../rule.js';
import { refusedWith } from '../sights.js';

export const rule = defineRule({
  code: 'server.too-early',
  cause: 'server',
  severity: 'error',
  title: 'The server does not take the handshake as early data',
  question: 'Was the answer 425?',
  remedy: 'Try again without TLS 1.3 early data (0-RTT).',
  fixes: [{ for: 'nginx', text: 'Switch early data off.', config: 'ssl_early_data off;' }],
  rfc: 'RFC 8470 5.2',
  examine: (exchange) => {
    const answer = refusedWith(exchange, 425);
    return answer && { confidence: 0.95, evidence: [startLine(answer)] };
  },
});

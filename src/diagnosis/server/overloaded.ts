import { field } from '../../model/head.js';
import { culpritOf } from '../culprits.js';
import { presentFields, startLine } from '../evidence.js';
import { defineRule } from '../rule.js';
import { refusedWith } from '../sights.js';

export const rule = defineRule({
  code: 'server.overloaded',
  cause: 'server',
  severity: 'error',
  title: 'The server is too busy',
  question: 'Was the answer 503 with Retry-After, by the application itself?',
  remedy: 'Wait as long as Retry-After says; give the server more room, or let it take fewer connections.',
  fixes: [
    { for: 'the client', text: 'Honour Retry-After, and let reconnects wait longer each time, with some chance in it.' },
    { for: 'the server', text: 'Look at its limit for connections and file descriptors.', config: 'ulimit -n' },
  ],
  rfc: 'RFC 9110 15.6.4',
  examine: (exchange) => {
    const answer = refusedWith(exchange, 503);
    if (!answer) return undefined;
    const role = culpritOf(answer.head, answer.body)?.role;
    if (role === 'intermediary') return undefined;
    const retry = field(answer.head, 'Retry-After') !== undefined;
    return {
      confidence: retry ? 0.8 : role === 'server' ? 0.6 : 0.4,
      evidence: [startLine(answer), ...presentFields(answer, 'Retry-After')],
    };
  },
});

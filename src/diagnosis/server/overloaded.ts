import { field } from '../../model/head.js';
import { culpritOf } from '../culprits.js';
import { bodyExcerpt, presentFields, startLine } from '../evidence.js';
import { defineRule } from '../rule.js';
import { refusedWith, wordsOf } from '../sights.js';

/** autobahn, and others in these words. */
const full =
  /max(imum)?( number of)? (connections|clients)|too many (open )?(connections|clients)|(connection|client) limit|server (is )?(full|too busy)/i;

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
    if (culpritOf(answer.head, answer.body)?.role === 'intermediary') return undefined;
    if (full.test(wordsOf(answer)))
      return {
        confidence: 0.85,
        evidence: [startLine(answer), ...[bodyExcerpt(answer.leg, answer.body, full)].filter((one) => one !== undefined)],
        title: 'The server takes no more connections, and says so',
      };
    const retry = field(answer.head, 'Retry-After') !== undefined;
    return { confidence: retry ? 0.8 : 0.4, evidence: [startLine(answer), ...presentFields(answer, 'Retry-After')] };
  },
});

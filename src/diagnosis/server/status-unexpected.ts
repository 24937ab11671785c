import { opens } from '../../model/head.js';
import { bodyExcerpt, startLine } from '../evidence.js';
import { defineRule } from '../rule.js';
import { answerOf } from '../sights.js';

/** Statuses that another rule speaks of. */
const told = new Set([
  101, 200, 300, 301, 302, 303, 307, 308, 400, 401, 403, 404, 405, 407, 410, 421, 425, 426, 429, 431, 494, 500, 502, 503, 504, 505, 511,
  520, 521, 522, 523, 524, 525, 526, 530,
]);

export const rule = defineRule({
  code: 'server.status-unexpected',
  cause: 'server',
  severity: 'error',
  title: 'The answer to the handshake is not 101',
  question: 'Is the status one that nobody expects as the answer to a handshake?',
  remedy: 'Look into the log of whoever answered: what the status means there decides.',
  fixes: [{ for: 'the server', text: 'Find the route or middleware that answers this status.' }],
  rfc: 'RFC 6455 4.1',
  examine: (exchange) => {
    const answer = answerOf(exchange);
    if (!answer || answer.status === 0 || told.has(answer.status) || opens(answer.head)) return undefined;
    const excerpt = bodyExcerpt(answer.leg, answer.body);
    return {
      confidence: 0.7,
      evidence: [startLine(answer), ...(excerpt ? [excerpt] : [])],
      title: `The server answered ${answer.text} to the handshake`,
    };
  },
});

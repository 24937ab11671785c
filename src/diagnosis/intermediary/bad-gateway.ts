import { culpritOf } from '../culprits.js';
import { bodyExcerpt, startLine } from '../evidence.js';
import { isOwnPage } from '../own-pages.js';
import { remediesFor } from '../remedies/remedies.js';
import { defineRule } from '../rule.js';
import { refusedWith } from '../sights.js';

export const rule = defineRule({
  code: 'intermediary.bad-gateway',
  cause: 'intermediary',
  severity: 'error',
  title: 'A gateway got no usable answer from the server behind it',
  question: 'Was the answer 502, or 520 to 526 or 530 from Cloudflare, or a 500 that a proxy writes by itself?',
  remedy:
    'Look at the gateway: is the address of the server right, does the server run, does one side speak TLS and the other not? The application itself has seen nothing.',
  fixes: remediesFor('gateway'),
  rfc: 'RFC 9110 15.6.3',
  examine: (exchange) => {
    const failed = refusedWith(exchange, 500);
    // nginx: a subrequest of auth_request, a circle of rewrites, too few worker_connections. Apache: no module for ws://. HAProxy: a tarpit.
    if (failed && isOwnPage(failed)) {
      const page = bodyExcerpt(failed.leg, failed.body);
      const name = culpritOf(failed.head, failed.body)?.name ?? 'The proxy in front';
      return {
        confidence: 0.85,
        evidence: [startLine(failed), ...(page ? [page] : [])],
        title: `${name} itself answered 500: it failed before it had an answer of the server behind it, and its error log says why`,
      };
    }
    const answer = refusedWith(exchange, 502, 520, 521, 522, 523, 524, 525, 526, 530);
    if (!answer) return undefined;
    const excerpt = bodyExcerpt(answer.leg, answer.body);
    return {
      confidence: 0.93,
      evidence: [startLine(answer), ...(excerpt ? [excerpt] : [])],
      title: `A gateway got no usable answer from the server behind it: ${answer.text}`,
    };
  },
});

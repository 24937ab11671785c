import { culpritOf } from '../culprits.js';
import { bodyExcerpt, presentFields, startLine } from '../evidence.js';
import { nginxPage } from '../own-pages.js';
import { remediesFor } from '../remedies/remedies.js';
import { defineRule } from '../rule.js';
import { refusedWith } from '../sights.js';

const noBackend =
  /No server is available|no healthy upstream|upstream connect error|Service Temporarily Unavailable|Service Unavailable|Backend fetch failed/i;

export const rule = defineRule({
  code: 'intermediary.unavailable',
  cause: 'intermediary',
  severity: 'error',
  title: 'A gateway has no server to send the handshake to',
  question: 'Was the answer 503 by a gateway?',
  remedy: 'Bring a server up, and look at the health checks of the gateway.',
  fixes: remediesFor('gateway'),
  rfc: 'RFC 9110 15.6.4',
  examine: (exchange) => {
    const answer = refusedWith(exchange, 503);
    if (!answer) return undefined;
    const role = culpritOf(answer.head, answer.body)?.role;
    const excerpt = bodyExcerpt(answer.leg, answer.body, noBackend);
    if (nginxPage.test(answer.body)) {
      return {
        confidence: 0.73,
        evidence: [startLine(answer), ...(excerpt ? [excerpt] : []), ...presentFields(answer, 'Retry-After')],
        title:
          'nginx itself answered 503: of servers that are down it says 502, so this is a return 503 (maintenance), limit_req or limit_conn',
      };
    }
    return {
      confidence: role === 'intermediary' ? 0.9 : role === 'server' ? 0.45 : 0.65,
      evidence: [startLine(answer), ...(excerpt ? [excerpt] : [])],
    };
  },
});

import { field } from '../../model/head.js';
import { bodyExcerpt, presentFields, startLine } from '../evidence.js';
import { nginxPage } from '../own-pages.js';
import { defineRule } from '../rule.js';
import { refusedWith } from '../sights.js';

export const rule = defineRule({
  code: 'intermediary.rate-limited',
  cause: 'intermediary',
  severity: 'error',
  title: 'Too many handshakes: the rate is limited',
  question: 'Was the answer 429, or the 503 that nginx writes itself, as its limits do?',
  remedy: 'Wait as long as Retry-After says, and let reconnects wait longer each time, with some chance in it.',
  fixes: [
    { for: 'the client', text: 'Wait before each reconnect: double the time, add chance, honour Retry-After.' },
    { for: 'nginx', text: 'Look for limit_req and limit_conn on the location.', config: 'limit_req zone=ws burst=20 nodelay;' },
  ],
  rfc: 'RFC 6585 4',
  examine: (exchange) => {
    const answer = refusedWith(exchange, 429);
    if (answer) return { confidence: 0.95, evidence: [startLine(answer), ...presentFields(answer, 'Retry-After')] };
    const own = refusedWith(exchange, 503);
    // limit_req and limit_conn say 503 unless limit_req_status tells them otherwise; a maintenance page says when it ends.
    if (!own || !nginxPage.test(own.body) || field(own.head, 'Retry-After') !== undefined) return undefined;
    const excerpt = bodyExcerpt(own.leg, own.body, nginxPage);
    return {
      confidence: 0.7,
      evidence: [startLine(own), ...(excerpt ? [excerpt] : [])],
      title: 'nginx itself answered 503: of servers that are down it says 502, so this is limit_req, limit_conn or a return 503',
    };
  },
});

import type { Evidence } from '../../model/finding.js';
import { bodyExcerpt, type Seen, startLine } from '../evidence.js';
import { remediesFor } from '../remedies/remedies.js';
import { defineRule } from '../rule.js';
import { refusedWith } from '../sights.js';

const after = ({ leg }: Seen, ms: number | undefined): Evidence[] =>
  ms === undefined ? [] : [{ leg, what: 'timing', text: `the answer came ${(ms / 1000).toFixed(2)} s after the request` }];

export const rule = defineRule({
  code: 'intermediary.gateway-timeout',
  cause: 'intermediary',
  severity: 'error',
  title: 'A gateway waited in vain for the server behind it',
  question: 'Was the answer 504?',
  remedy: 'Find out why the server does not answer the handshake; only then raise the timeout of the gateway.',
  fixes: remediesFor('gateway'),
  rfc: 'RFC 9110 15.6.5',
  examine: (exchange) => {
    const answer = refusedWith(exchange, 504);
    if (!answer) return undefined;
    const excerpt = bodyExcerpt(answer.leg, answer.body);
    return {
      confidence: 0.95,
      evidence: [startLine(answer), ...(excerpt ? [excerpt] : []), ...after(answer, exchange.server?.timings.response)],
    };
  },
});

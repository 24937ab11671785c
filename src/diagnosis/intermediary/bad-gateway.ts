import { bodyExcerpt, startLine } from '../evidence.js';
import { remediesFor } from '../remedies/remedies.js';
import { defineRule } from '../rule.js';
import { refusedWith } from '../sights.js';

export const rule = defineRule({
  code: 'intermediary.bad-gateway',
  cause: 'intermediary',
  severity: 'error',
  title: 'A gateway got no usable answer from the server behind it',
  question: 'Was the answer 502, or 520 to 526 or 530 from Cloudflare?',
  remedy:
    'Look at the gateway: is the address of the server right, does the server run, does one side speak TLS and the other not? The application itself has seen nothing.',
  fixes: remediesFor('gateway'),
  rfc: 'RFC 9110 15.6.3',
  examine: (exchange) => {
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

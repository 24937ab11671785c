import { bodyExcerpt, presentFields, startLine } from '../evidence.js';
import { remediesFor } from '../remedies/remedies.js';
import { defineRule } from '../rule.js';
import { refusedWith, requestOf } from '../sights.js';

export const rule = defineRule({
  code: 'server.status-200',
  cause: 'server',
  severity: 'error',
  title: 'The server answered the handshake like an ordinary request: 200 in place of 101',
  question: 'Was the answer 200?',
  remedy:
    'Something that knows no WebSocket answered: a page or an API at this path, a server without an upgrade listener, or one that a proxy hid the Upgrade from.',
  fixes: [...remediesFor('handler'), ...remediesFor('upgrade')],
  rfc: 'RFC 9110 7.8',
  examine: (exchange) => {
    const answer = refusedWith(exchange, 200);
    if (!answer) return undefined;
    const excerpt = bodyExcerpt(answer.leg, answer.body);
    const request = requestOf(exchange);
    return {
      confidence: 0.69,
      evidence: [
        startLine(answer),
        ...presentFields(answer, 'Content-Type', 'Server', 'Via'),
        ...(excerpt ? [excerpt] : []),
        ...(request ? [startLine(request)] : []),
      ],
    };
  },
});

import { field, fieldValues } from '../../model/head.js';
import { splitAll } from '../../wire/field-list.js';
import { fieldEvidence, presentFields, startLine } from '../evidence.js';
import { defineRule } from '../rule.js';
import { refusedWith, requestOf } from '../sights.js';

export const rule = defineRule({
  code: 'server.version-unsupported',
  cause: 'server',
  severity: 'error',
  title: 'The server does not speak this version of the WebSocket protocol',
  question: 'Does the refusal list versions among which that of the request is not?',
  remedy: 'RFC 6455 is version 13: update whichever side wants another.',
  fixes: [
    { for: 'the client', text: 'Send version 13.', config: 'Sec-WebSocket-Version: 13' },
    { for: 'the server', text: 'Update it: drafts before 13 are dead.' },
  ],
  rfc: 'RFC 6455 4.2.2, 4.4',
  examine: (exchange) => {
    const answer = refusedWith(exchange, 400, 426);
    const request = requestOf(exchange);
    if (!answer || !request) return undefined;
    const asked = field(request.head, 'Sec-WebSocket-Version');
    const spoken = splitAll(fieldValues(answer.head, 'Sec-WebSocket-Version'));
    if (asked === undefined || (asked === '13' && (spoken.length === 0 || spoken.includes('13')))) return undefined;
    return {
      confidence: spoken.length > 0 && !spoken.includes(asked) ? 0.97 : 0.85,
      evidence: [fieldEvidence(request, 'Sec-WebSocket-Version'), ...presentFields(answer, 'Sec-WebSocket-Version'), startLine(answer)],
      title: `The server does not speak version ${asked}${spoken.length > 0 ? `, but ${spoken.join(', ')}` : ''}`,
    };
  },
});

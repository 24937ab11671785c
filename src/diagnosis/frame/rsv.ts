import { field } from '../../model/head.js';
import { fieldEvidence } from '../evidence.js';
import { defectVerdict } from '../frames.js';
import { defineRule } from '../rule.js';
import { answerOf, clientRequestOf } from '../sights.js';

export const rule = defineRule({
  code: 'frame.rsv',
  cause: 'frame',
  severity: 'error',
  title: 'A frame has a reserved bit that nothing was agreed for',
  question: 'Is RSV1, RSV2 or RSV3 set without an extension that means it?',
  remedy:
    'Usually a proxy took Sec-WebSocket-Extensions out of the handshake while the server compresses all the same: carry the field through, or switch compression off.',
  fixes: [],
  rfc: 'RFC 6455 5.2, RFC 7692 6',
  examine: (exchange) => {
    const verdict = defectVerdict(exchange, 'rsv');
    const [sent, answer] = [clientRequestOf(exchange), answerOf(exchange)];
    const name = 'Sec-WebSocket-Extensions';
    if (!verdict || !sent || !answer || field(sent.head, name) === undefined || field(answer.head, name) !== undefined) return verdict;
    return { ...verdict, evidence: [...verdict.evidence, fieldEvidence(sent, name), fieldEvidence(answer, name)] };
  },
});

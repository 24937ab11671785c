import { defectVerdict } from '../frames.js';
import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'frame.opcode',
  cause: 'frame',
  severity: 'error',
  title: 'A frame has an opcode that does not exist',
  question: 'Is the opcode 3 to 7 or 11 to 15?',
  remedy: 'Look for foreign bytes in the stream: text written past the WebSocket library, or two writers on one socket.',
  fixes: [],
  rfc: 'RFC 6455 5.2',
  examine: (exchange) => defectVerdict(exchange, 'opcode'),
});

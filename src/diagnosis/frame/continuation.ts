import { defectVerdict } from '../frames.js';
import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'frame.continuation',
  cause: 'frame',
  severity: 'error',
  title: 'A continuation frame continues nothing',
  question: 'Does a frame with opcode 0 come without a message to continue?',
  remedy: 'Start each message with its own opcode.',
  fixes: [],
  rfc: 'RFC 6455 5.4',
  examine: (exchange) => defectVerdict(exchange, 'continuation'),
});

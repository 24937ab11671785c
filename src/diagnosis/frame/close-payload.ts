import { defectVerdict } from '../frames.js';
import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'frame.close-payload',
  cause: 'frame',
  severity: 'error',
  title: 'The payload of a Close is malformed',
  question: 'Is it one byte long, or its reason no UTF-8?',
  remedy: 'Send nothing, or two bytes of code and a reason in UTF-8.',
  fixes: [],
  rfc: 'RFC 6455 5.5.1',
  examine: (exchange) => defectVerdict(exchange, 'close-payload'),
});

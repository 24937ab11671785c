import { defectVerdict } from '../frames.js';
import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'frame.close-code',
  cause: 'frame',
  severity: 'error',
  title: 'A Close has a code that must not be sent',
  question: 'Is the code outside 1000 to 1014 and 3000 to 4999, or one of those that only an API may report?',
  remedy: 'Use 1000, or a code from 4000 to 4999 of your own.',
  fixes: [],
  rfc: 'RFC 6455 7.4',
  examine: (exchange) => defectVerdict(exchange, 'close-code'),
});

import { defectVerdict } from '../frames.js';
import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'frame.unmasked-from-client',
  cause: 'frame',
  severity: 'error',
  title: 'The client does not mask its frames',
  question: 'Does a frame of the client lack the mask bit?',
  remedy: 'Every frame of a client is masked; servers close with 1002. Something on the way may have unmasked it.',
  fixes: [],
  rfc: 'RFC 6455 5.1',
  examine: (exchange) => defectVerdict(exchange, 'unmasked-from-client'),
});

import { defectVerdict } from '../frames.js';
import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'frame.truncated',
  cause: 'frame',
  severity: 'error',
  title: 'The connection ended inside a frame',
  question: 'Did the stream end before the payload that its header announced?',
  remedy: 'Look for a crash or a cut on the way; see which side ended the connection.',
  fixes: [],
  rfc: 'RFC 6455 7.1.7',
  examine: (exchange) => defectVerdict(exchange, 'truncated'),
});

import { defectVerdict } from '../frames.js';
import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'frame.too-big',
  cause: 'frame',
  severity: 'warning',
  title: 'A frame is larger than receivers take',
  question: 'Does a frame announce more than the limit?',
  remedy: 'Send smaller messages, or raise the limit of the receiver (maxPayload, max_size): past it they close with 1009.',
  fixes: [],
  rfc: 'RFC 6455 7.4.1',
  examine: (exchange) => defectVerdict(exchange, 'too-big'),
});

import { defectVerdict } from '../frames.js';
import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'frame.control-too-long',
  cause: 'frame',
  severity: 'error',
  title: 'A control frame is longer than 125 bytes',
  question: 'Does a Ping, Pong or Close carry more than 125 bytes?',
  remedy: 'Shorten the reason of the Close (123 bytes of UTF-8) or the payload of the Ping.',
  fixes: [],
  rfc: 'RFC 6455 5.5',
  examine: (exchange) => defectVerdict(exchange, 'control-too-long'),
});

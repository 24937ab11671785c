import { defectVerdict } from '../frames.js';
import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'frame.control-fragmented',
  cause: 'frame',
  severity: 'error',
  title: 'A control frame is fragmented',
  question: 'Does a Ping, Pong or Close lack FIN?',
  remedy: 'Send control frames whole.',
  fixes: [],
  rfc: 'RFC 6455 5.5',
  examine: (exchange) => defectVerdict(exchange, 'control-fragmented'),
});

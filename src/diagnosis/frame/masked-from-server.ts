import { defectVerdict } from '../frames.js';
import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'frame.masked-from-server',
  cause: 'frame',
  severity: 'error',
  title: 'The server masks its frames',
  question: 'Does a frame of the server have the mask bit?',
  remedy: 'Only clients mask. Some clients deliver such frames, others close with 1002: use a WebSocket library at the server.',
  fixes: [],
  rfc: 'RFC 6455 5.1',
  examine: (exchange) => defectVerdict(exchange, 'masked-from-server'),
});

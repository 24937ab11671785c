import { defectVerdict } from '../frames.js';
import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'frame.length',
  cause: 'frame',
  severity: 'error',
  title: 'The length of a frame is written in a way that is not allowed',
  question: 'Is the length longer than needed, or its highest bit set?',
  remedy: 'Write the shortest form. Chromium and Firefox refuse a longer one, ws, Python and Go accept it.',
  fixes: [],
  rfc: 'RFC 6455 5.2',
  examine: (exchange) => defectVerdict(exchange, 'length'),
});

import { defectVerdict } from '../frames.js';
import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'frame.interleaved',
  cause: 'frame',
  severity: 'error',
  title: 'A message begins inside another one',
  question: 'Does a data frame begin a message before the one before it is finished?',
  remedy: 'Let one writer at a time send a message: two threads that share a connection do this.',
  fixes: [],
  rfc: 'RFC 6455 5.4',
  examine: (exchange) => defectVerdict(exchange, 'interleaved'),
});

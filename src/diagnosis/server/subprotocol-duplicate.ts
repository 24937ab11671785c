import { flawVerdict } from '../flaws.js';
import { remediesFor } from '../remedies/remedies.js';
import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'server.subprotocol-duplicate',
  cause: 'server',
  severity: 'error',
  title: 'The server chose more than one subprotocol',
  question: 'Does the 101 name more than one subprotocol?',
  remedy: 'Choose exactly one. A server that echoes the whole offer does this.',
  fixes: remediesFor('subprotocol'),
  rfc: 'RFC 6455 11.3.4',
  examine: (exchange) => flawVerdict(exchange, 'subprotocol-duplicate'),
});

import { flawVerdict } from '../flaws.js';
import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'server.missing-upgrade',
  cause: 'server',
  severity: 'error',
  title: 'The 101 has no Upgrade field',
  question: 'Does the 101 lack Upgrade?',
  remedy:
    'Send Upgrade: websocket with the 101. The Node client takes such a 101 for a plain answer: ws reports status 101, the built-in WebSocket hangs.',
  fixes: [{ for: 'the server', text: 'Leave the handshake to a WebSocket library instead of writing the 101 by hand.' }],
  rfc: 'RFC 6455 4.1',
  examine: (exchange) => flawVerdict(exchange, 'missing-upgrade'),
});

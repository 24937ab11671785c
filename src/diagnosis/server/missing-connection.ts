import { flawVerdict } from '../flaws.js';
import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'server.missing-connection',
  cause: 'server',
  severity: 'error',
  title: 'The 101 has no Connection field',
  question: 'Does the 101 lack Connection?',
  remedy: 'Send Connection: Upgrade with the 101.',
  fixes: [{ for: 'the server', text: 'Leave the handshake to a WebSocket library instead of writing the 101 by hand.' }],
  rfc: 'RFC 6455 4.1',
  examine: (exchange) => flawVerdict(exchange, 'missing-connection'),
});

import { flawVerdict } from '../flaws.js';
import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'server.bad-upgrade',
  cause: 'server',
  severity: 'error',
  title: 'The 101 upgrades to something else than websocket',
  question: 'Does Upgrade in the 101 say something else than websocket?',
  remedy: 'Send Upgrade: websocket with the 101.',
  fixes: [{ for: 'the server', text: 'Leave the handshake to a WebSocket library instead of writing the 101 by hand.' }],
  rfc: 'RFC 6455 4.1',
  examine: (exchange) => flawVerdict(exchange, 'bad-upgrade'),
});

import { flawVerdict } from '../flaws.js';
import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'server.duplicate-headers',
  cause: 'server',
  severity: 'error',
  title: 'A field that may appear once appears twice in the 101',
  question: 'Does Upgrade or Sec-WebSocket-Accept appear more than once in the 101?',
  remedy:
    'Send each of them once. Chromium, ws and Python refuse the answer; gorilla, coder and partly Firefox accept it: so it works in one client only. Two hands that both write the handshake are the usual reason.',
  fixes: [
    {
      for: 'the server',
      text: 'Let one place write the handshake: a proxy that adds the fields too, or a second upgrade listener, writes them twice.',
    },
  ],
  rfc: 'RFC 6455 4.3, 11.3',
  examine: (exchange) => flawVerdict(exchange, 'duplicate-headers'),
});

import { flawVerdict } from '../flaws.js';
import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'server.accept-missing',
  cause: 'server',
  severity: 'error',
  title: 'The 101 has no Sec-WebSocket-Accept',
  question: 'Does the 101 lack the field that proves that the server understood the key?',
  remedy: 'Answer with the accept value of the key: base64 of the SHA-1 of key and GUID.',
  fixes: [{ for: 'the server', text: 'Leave the handshake to a WebSocket library instead of writing the 101 by hand.' }],
  rfc: 'RFC 6455 4.1, 4.2.2',
  examine: (exchange) => flawVerdict(exchange, 'accept-missing'),
});

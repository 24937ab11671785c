import { flawVerdict } from '../flaws.js';
import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'server.extension-malformed',
  cause: 'server',
  severity: 'error',
  title: 'Sec-WebSocket-Extensions of the 101 breaks its grammar',
  question: 'Can the extensions of the 101 not be read, or is one named twice?',
  remedy: 'Send the field once, with every extension once.',
  fixes: [
    {
      for: 'ws (Node)',
      text: 'Switch compression off at the server, to see whether that is it.',
      config: 'new WebSocketServer({ server, perMessageDeflate: false });',
    },
    { for: 'IIS', text: 'ARR needs the offer of the client taken out.', config: '<set name="HTTP_SEC_WEBSOCKET_EXTENSIONS" value="" />' },
  ],
  rfc: 'RFC 6455 9.1',
  examine: (exchange) => flawVerdict(exchange, 'extension-malformed'),
});

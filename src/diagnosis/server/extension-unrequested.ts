import { flawVerdict } from '../flaws.js';
import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'server.extension-unrequested',
  cause: 'server',
  severity: 'error',
  title: 'The server named an extension that was not offered',
  question: 'Does the 101 name an extension that the request does not?',
  remedy:
    'Name only extensions that were offered. A proxy that removed the offer from the request but not the answer is the usual culprit.',
  fixes: [
    {
      for: 'ws (Node)',
      text: 'Switch compression off at the server, to see whether that is it.',
      config: 'new WebSocketServer({ server, perMessageDeflate: false });',
    },
    { for: 'IIS', text: 'ARR needs the offer of the client taken out.', config: '<set name="HTTP_SEC_WEBSOCKET_EXTENSIONS" value="" />' },
  ],
  rfc: 'RFC 6455 4.1, 9.1',
  examine: (exchange) => flawVerdict(exchange, 'extension-unrequested'),
});

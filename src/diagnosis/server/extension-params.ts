import { flawVerdict } from '../flaws.js';
import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'server.extension-params',
  cause: 'server',
  severity: 'error',
  title: 'The server accepted an extension with parameters that are not allowed',
  question: 'Does permessage-deflate in the 101 have parameters that RFC 7692 forbids?',
  remedy: 'Window bits are 8 to 15; client_max_window_bits may only answer an offer of it.',
  fixes: [
    {
      for: 'ws (Node)',
      text: 'Switch compression off at the server, to see whether that is it.',
      config: 'new WebSocketServer({ server, perMessageDeflate: false });',
    },
    { for: 'IIS', text: 'ARR needs the offer of the client taken out.', config: '<set name="HTTP_SEC_WEBSOCKET_EXTENSIONS" value="" />' },
  ],
  rfc: 'RFC 7692 7.1',
  examine: (exchange) => flawVerdict(exchange, 'extension-params'),
});

import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'client.protocol-argument',
  of: 'client',
  cause: 'client',
  severity: 'error',
  title: 'The client refuses its own arguments',
  question: 'Does the client complain about a subprotocol, a version or an option before it connects?',
  remedy: 'A subprotocol is a token (no space, no comma), named once; a version of the protocol is 13.',
  fixes: [{ for: 'the client', text: 'Give subprotocols as a list.', config: "new WebSocket(url, ['chat.v2', 'chat.v1']);" }],
  rfc: 'RFC 6455 4.1 item 10',
});

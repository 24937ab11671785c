import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'client.library-bug',
  of: 'client',
  cause: 'client',
  severity: 'error',
  title: 'The client library fails by a mistake of its own',
  question: 'Does the client throw or hang where the protocol gives an answer?',
  remedy:
    'Update the library, or try another one. Known: the WebSocket that Node 20 brings along hangs on a 101 without Upgrade and throws on a subprotocol that it did not ask for.',
  fixes: [{ for: 'Node', text: 'Use the package ws, or Node 22 and later.' }],
  rfc: 'RFC 6455 4.1',
});

import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'client.not-open',
  of: 'client',
  cause: 'client',
  severity: 'error',
  title: 'The client sent before the WebSocket was open, or after it closed',
  question: 'Does the client complain about readyState?',
  remedy: 'Wait for the open event before the first send, and look at readyState before each one.',
  fixes: [
    { for: 'the client', text: 'Send from the open event on.', config: "socket.addEventListener('open', () => socket.send('hello'));" },
  ],
  rfc: 'WHATWG WebSockets 3.1',
});

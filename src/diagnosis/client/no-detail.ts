import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'client.no-detail',
  of: 'client',
  cause: 'client',
  severity: 'info',
  title: 'The client hides the reason',
  question: 'Does the client say the same sentence, or none, for every failure?',
  remedy:
    'Look at the wire: run the client through shakedown. Browsers hide the reason from pages on purpose; undici, socket.io and SignalR drop it.',
  fixes: [
    {
      for: 'the client',
      text: 'For a browser: shakedown open. For a program: shakedown run -- COMMAND. Without any client: shakedown doctor URL.',
    },
  ],
  rfc: 'WHATWG WebSockets 3.1',
});

import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'origin.local-network-access',
  of: 'client',
  cause: 'origin',
  severity: 'error',
  title: 'The browser keeps a public page from a private address',
  question: 'Does the browser speak of local network access?',
  remedy:
    'Serve the page from the same network as the WebSocket, or grant the permission that the browser asks for. A public page with a server on this machine meets it, a proxy on this machine does not.',
  fixes: [{ for: 'the client', text: 'Open the page itself from http://127.0.0.1 while you develop.' }],
  rfc: 'WICG Local Network Access',
});

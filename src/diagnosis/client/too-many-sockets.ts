import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'client.too-many-sockets',
  of: 'client',
  cause: 'client',
  severity: 'error',
  title: 'The browser opens no more sockets',
  question: 'Does the browser speak of insufficient resources?',
  remedy: 'Close sockets that are not needed: Chromium has 255 of them for all pages together, Firefox 200.',
  fixes: [{ for: 'the client', text: 'Close a socket when its component goes away, and share one between components.' }],
  rfc: 'WHATWG WebSockets 3.1',
});

import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'origin.csp-blocked',
  of: 'client',
  cause: 'origin',
  severity: 'error',
  title: 'The Content Security Policy of the page forbids the WebSocket',
  question: 'Does the browser name connect-src or Content Security Policy?',
  remedy:
    'Add the origin of the WebSocket, with its scheme, to connect-src of the page: older Safari does not take ws:// and wss:// for part of self.',
  fixes: [
    { for: 'the page', text: 'Name the host with its scheme.', config: "Content-Security-Policy: connect-src 'self' wss://app.example" },
  ],
  rfc: 'CSP3 connect-src',
});

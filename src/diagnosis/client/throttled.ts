import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'client.throttled',
  of: 'client',
  cause: 'client',
  severity: 'warning',
  title: 'The browser waits before it tries again',
  question: 'Does the request come seconds after the page asked for it, after several that failed?',
  remedy:
    'Load the page anew or in a fresh profile, and let the page wait longer from try to try: Chromium holds back new sockets of a page after about ten failures (measured), Firefox delays reconnects to a host that failed.',
  fixes: [{ for: 'the client', text: 'Let the pause double from try to try, with a random part, up to half a minute.' }],
  rfc: 'RFC 6455 7.2.3',
});

import { defineRule } from '../rule.js';
import { flawVerdict } from '../url-flaws.js';

export const rule = defineRule({
  code: 'url.port-blocked',
  of: 'url',
  cause: 'url',
  severity: 'warning',
  title: 'Browsers open no WebSocket at this port',
  question: 'Is the port one of those that the Fetch standard calls bad?',
  remedy:
    'Let the server listen on another port, or put a reverse proxy on 443 in front of it. Clients that are no browsers connect all the same.',
  fixes: [{ for: 'the server', text: 'Listen on another port, such as 8080 or 8443.' }],
  rfc: 'Fetch 2.9',
  judge: (asked) => flawVerdict(asked, 'url.port-blocked'),
});

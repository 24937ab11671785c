import { defineRule } from '../rule.js';
import { flawVerdict } from '../url-flaws.js';

export const rule = defineRule({
  code: 'url.scheme-unsupported',
  of: 'url',
  cause: 'url',
  severity: 'error',
  title: "The URL's scheme is not that of a WebSocket",
  question: 'Is the scheme something else than ws and wss?',
  remedy:
    'Write ws:// for plain connections and wss:// for those by TLS. Only newer browsers, Node and ws take http:// and https:// for them.',
  fixes: [{ for: 'the client', text: 'Write ws:// in place of http://, wss:// in place of https://.', config: 'wss://app.example/chat' }],
  rfc: 'RFC 6455 3',
  judge: (asked) => flawVerdict(asked, 'url.scheme-unsupported'),
});

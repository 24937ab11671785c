import { defineRule } from '../rule.js';
import { flawVerdict } from '../url-flaws.js';

export const rule = defineRule({
  code: 'url.fragment',
  of: 'url',
  cause: 'url',
  severity: 'warning',
  title: 'The URL has a fragment',
  question: 'Does the URL hold a #?',
  remedy:
    'Leave it out: a fragment never reaches a server, and browsers, ws, undici and Python refuse such a URL. A # that belongs to the path is %23.',
  fixes: [{ for: 'the client', text: 'Leave out the # and what is behind it; write %23 where it belongs to the path or the query.' }],
  rfc: 'RFC 6455 3',
  judge: (asked) => flawVerdict(asked, 'url.fragment'),
});

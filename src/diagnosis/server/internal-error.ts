import { bodyExcerpt, startLine } from '../evidence.js';
import { isOwnPage } from '../own-pages.js';
import { defineRule } from '../rule.js';
import { refusedWith } from '../sights.js';

export const rule = defineRule({
  code: 'server.internal-error',
  cause: 'server',
  severity: 'error',
  title: 'The server failed while it handled the handshake',
  question: 'Was the answer 500?',
  remedy:
    'Look into the log of the server. Middleware that cannot be upgraded (no http.Hijacker in Go, a WSGI server in Python) shows itself this way too.',
  fixes: [
    { for: 'the server', text: 'Look into its log for the exception.' },
    { for: 'Go', text: 'Middleware that wraps the ResponseWriter has to pass http.Hijacker on.' },
  ],
  rfc: 'RFC 9110 15.6.1',
  examine: (exchange) => {
    const answer = refusedWith(exchange, 500);
    // What a web server or proxy writes by itself is its own failure, and no application's.
    if (!answer || isOwnPage(answer)) return undefined;
    const excerpt = bodyExcerpt(answer.leg, answer.body);
    return { confidence: 0.93, evidence: [startLine(answer), ...(excerpt ? [excerpt] : [])] };
  },
});

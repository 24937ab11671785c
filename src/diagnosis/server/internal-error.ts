import { culpritOf } from '../culprits.js';
import { bodyExcerpt, startLine } from '../evidence.js';
import { isOwnPage } from '../own-pages.js';
import { defineRule } from '../rule.js';
import { type Answer, refusedWith } from '../sights.js';

/** coder/websocket (nhooyr 1.8.7) says 501, and no more than that, where gorilla says 500 and why. */
const lacksHijacker = ({ head, body }: Answer): boolean =>
  culpritOf(head, body)?.name === 'Go net/http' && body.trim() === 'Not Implemented';

export const rule = defineRule({
  code: 'server.internal-error',
  cause: 'server',
  severity: 'error',
  title: 'The server failed while it handled the handshake',
  question: 'Was the answer 500, or 501 by a handler of Go that finds no http.Hijacker?',
  remedy:
    'Look into the log of the server. Middleware that cannot be upgraded (no http.Hijacker in Go, a WSGI server in Python) shows itself this way too.',
  fixes: [
    { for: 'the server', text: 'Look into its log for the exception.' },
    { for: 'Go', text: 'Middleware that wraps the ResponseWriter has to pass http.Hijacker on.' },
  ],
  rfc: 'RFC 9110 15.6.1',
  examine: (exchange) => {
    const answer = refusedWith(exchange, 500, 501);
    // What a web server or proxy writes by itself is its own failure, and no application's.
    if (!answer || isOwnPage(answer) || (answer.status === 501 && !lacksHijacker(answer))) return undefined;
    const excerpt = bodyExcerpt(answer.leg, answer.body);
    return { confidence: answer.status === 501 ? 0.8 : 0.93, evidence: [startLine(answer), ...(excerpt ? [excerpt] : [])] };
  },
});

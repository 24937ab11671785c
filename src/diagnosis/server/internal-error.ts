import { bodyExcerpt, startLine } from '../evidence.js';
import { defineRule } from '../rule.js';
import { refusedWith } from '../sights.js';

const hijacker = /http\.Hijacker/;

export const rule = defineRule({
  code: 'server.internal-error',
  cause: 'server',
  severity: 'error',
  title: 'The server failed while it handled the handshake',
  question: 'Was the answer 500, or 501 by a handler that finds no http.Hijacker?',
  remedy:
    'Look into the log of the server. Middleware that cannot be upgraded (no http.Hijacker in Go, a WSGI server in Python) shows itself this way too.',
  fixes: [
    { for: 'the server', text: 'Look into its log for the exception.' },
    { for: 'Go', text: 'Middleware that wraps the ResponseWriter has to pass http.Hijacker on.' },
  ],
  rfc: 'RFC 9110 15.6.1',
  examine: (exchange) => {
    const answer = refusedWith(exchange, 500, 501);
    // coder/websocket says 501 where gorilla says 500.
    if (!answer || (answer.status === 501 && !hijacker.test(answer.body))) return undefined;
    const excerpt = bodyExcerpt(answer.leg, answer.body);
    return { confidence: 0.93, evidence: [startLine(answer), ...(excerpt ? [excerpt] : [])] };
  },
});

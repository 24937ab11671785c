import { startLine } from '../evidence.js';
import { flawEvidence, flawOf, toleratedSeverity } from '../flaws.js';
import { defineRule } from '../rule.js';
import { refusedWith, requestOf } from '../sights.js';

export const rule = defineRule({
  code: 'server.http-version',
  cause: 'server',
  severity: 'error',
  title: 'The server speaks an HTTP version in which there is no upgrade',
  question: 'Is the 101 one of HTTP/1.0, or was the answer 505?',
  remedy: 'Answer in HTTP/1.1. Python, Firefox and WebKit refuse a 101 of HTTP/1.0; ws, Chromium and Go accept it.',
  fixes: [{ for: 'the server', text: 'Answer in HTTP/1.1.', config: 'HTTP/1.1 101 Switching Protocols' }],
  rfc: 'RFC 6455 4.2.2',
  examine: (exchange) => {
    const seen = flawOf(exchange, 'http-version');
    if (seen)
      return {
        confidence: 0.97,
        evidence: flawEvidence(seen),
        severity: toleratedSeverity(exchange),
        title: 'The 101 is one of HTTP/1.0: Python, Firefox and WebKit refuse it',
      };
    const answer = refusedWith(exchange, 505);
    const request = requestOf(exchange);
    return answer && { confidence: 0.72, evidence: [startLine(answer), ...(request ? [startLine(request)] : [])] };
  },
});

import type { Evidence } from '../../model/finding.js';
import { field, isHttp2, opens } from '../../model/head.js';
import { fieldEvidence } from '../evidence.js';
import { toleratedSeverity } from '../flaws.js';
import { defineRule } from '../rule.js';
import { answerOf } from '../sights.js';

/** A status line, but not where the answer begins: PHP prints its warnings there, a shell script its errors. */
const lateStatusLine = /\nHTTP\/1\.[01] \d{3}[ \r\n]/;

export const rule = defineRule({
  code: 'server.malformed-response',
  cause: 'server',
  severity: 'error',
  title: 'The head of the answer breaks the syntax of HTTP',
  question: 'Is there a bare line feed, a field without a colon, a space before a colon, a control character, or no status line at all?',
  remedy:
    'Write heads with a library. Node and Python refuse most of this, Chromium, Go and Firefox accept some of it: so it works in one client only.',
  fixes: [
    { for: 'the server', text: 'End every line with CR LF, put the colon right behind the name, and end the head with an empty line.' },
  ],
  rfc: 'RFC 9112 2-5',
  examine: (exchange) => {
    const raw = exchange.notAHead.serverSent?.why === 'unknown-bytes' ? exchange.notAHead.serverSent.raw : '';
    if (lateStatusLine.test(raw) && !/^(HTTP\/|\s*<|[\x81\x82\x88-\x8a])/i.test(raw)) {
      return {
        confidence: 0.95,
        evidence: [{ leg: 'server', what: 'response-head', text: raw.slice(0, 200), offset: 0 }],
        title: 'The server wrote something before the status line of its answer',
        fix: [
          {
            for: 'the server',
            text: 'Let the head be the first that is written: warnings, blank lines and debugging output belong in a log.',
          },
        ],
      };
    }
    if (/^\s*(HTTP\/|<)/i.test(raw)) {
      return {
        confidence: 0.93,
        evidence: [{ leg: 'server', what: 'response-head', text: raw.slice(0, 200), offset: 0 }],
        title: raw.trimStart().startsWith('<')
          ? 'The server sent a page without a status line and head'
          : 'The status line of the answer breaks the syntax of HTTP',
      };
    }
    const answer = answerOf(exchange);
    if (!answer) return undefined;
    const [first, ...rest] = answer.head.defects
      .filter(({ code }) => code !== 'too-large' && code !== 'too-many-fields')
      .slice(0, 5)
      .map(({ note, offset }): Evidence => ({ leg: answer.leg, what: 'response-head', text: note, offset }));
    // RFC 9110 section 8.6, RFC 9112 section 6.1: no 1xx may have them. Every client that was tried passes them over.
    const framing = ['Content-Length', 'Transfer-Encoding'].find((name) => field(answer.head, name) !== undefined);
    if (!first && framing && opens(answer.head) && !isHttp2(answer.head))
      return {
        confidence: 0.9,
        evidence: [fieldEvidence(answer, framing)],
        title: `The 101 has a ${framing} field, which frames a body that a 101 cannot have`,
        severity: toleratedSeverity(exchange),
      };
    if (!first) return undefined;
    return {
      confidence: 0.9,
      evidence: [first, ...rest],
      title: `The head of the answer breaks the syntax of HTTP: ${first.text}`,
      severity: opens(answer.head) ? toleratedSeverity(exchange) : 'warning',
    };
  },
});

import { requestLine } from '../../model/head.js';
import { bodyExcerpt, startLine } from '../evidence.js';
import { complaintOf, lossSeverity } from '../hops.js';
import { refusalTexts } from '../refusal-texts.js';
import { remediesFor } from '../remedies/remedies.js';
import { defineRule } from '../rule.js';
import { clientRequestOf, refusedWith, requestOf } from '../sights.js';

/** Bytes of a head that nobody finds too long: Python websockets takes 8 KiB a line. */
const readable = 4096;

export const rule = defineRule({
  code: 'intermediary.http10-downgrade',
  cause: 'intermediary',
  severity: 'error',
  title: 'The handshake was turned into HTTP/1.0 on the way',
  question: 'Does the request say HTTP/1.0, or does the server say that it came so?',
  remedy: 'Let the proxy speak HTTP/1.1 to the server: HTTP/1.0 knows no Upgrade.',
  fixes: remediesFor('upgrade'),
  rfc: 'RFC 6455 4.1, 4.2.1',
  examine: (exchange) => {
    const got = requestOf(exchange);
    const sent = clientRequestOf(exchange);
    if (!got || !sent) return undefined;
    if (requestLine(got.head).version === 'HTTP/1.0') {
      const here = requestLine(sent.head).version !== 'HTTP/1.0';
      return {
        confidence: here ? 0.97 : 0.9,
        evidence: [startLine(got), ...(here ? [startLine(sent)] : [])],
        title: here
          ? 'The handshake was turned into HTTP/1.0 between client and server'
          : 'The handshake came as HTTP/1.0: a proxy before shakedown speaks no newer one',
        severity: lossSeverity(exchange),
        culprit: null,
      };
    }
    const title = 'A proxy behind shakedown turned the handshake into HTTP/1.0';
    const complaint = complaintOf(exchange, refusalTexts.version10);
    if (complaint) return { ...complaint.verdict, evidence: [...complaint.verdict.evidence, startLine(got)], title };
    // Python websockets up to 10 has one sentence for every head that it cannot read, and a head like this one it can.
    const unread = refusedWith(exchange, 400);
    const said = unread && /did not receive a valid HTTP request/.test(unread.body) ? bodyExcerpt(unread.leg, unread.body) : undefined;
    if (unread && said && got.head.defects.length === 0 && got.head.raw.length < readable)
      return {
        confidence: 0.78,
        evidence: [startLine(unread), said, startLine(got)],
        title: `${title}, most likely: Python websockets could not read it, and takes HTTP/1.1 alone`,
      };
    const unsupported = refusedWith(exchange, 505);
    return unsupported && { confidence: 0.6, evidence: [startLine(unsupported), startLine(got)], title };
  },
});

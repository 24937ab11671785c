import type { Exchange } from '../../model/exchange.js';
import { field } from '../../model/head.js';
import { culpritOf } from '../culprits.js';
import { edgeSays } from '../edge-pages.js';
import { endEvidence, endedBy, endOf, unanswered, waitedMs } from '../endings.js';
import { bodyExcerpt, fieldEvidence, presentFields, startLine } from '../evidence.js';
import { requestFlawsOf } from '../hops.js';
import { isServedFile } from '../own-pages.js';
import { remediesFor } from '../remedies/remedies.js';
import { defineRule } from '../rule.js';
import { type Answer, contentType, isHtml, refusedWith, requestOf } from '../sights.js';

/** ws answers 400 "Bad Request" when its `path` option does not match; its other refusals name a field. */
const isWsPathRefusal = ({ head, body, status }: Answer): boolean =>
  status === 400 &&
  body.trim() === 'Bad Request' &&
  // A proxy in front adds fields of its own, and leaves the odd pair of a bare text and this type.
  (culpritOf(head, body)?.name === 'ws (Node)' || contentType(head) === 'text/html');

/** destroyUpgradeTimeout of engine.io is 1000 ms; an upgrade that nobody answers by then is ended with FIN (measured with socket.io 4.8.1). */
const closedAsEngine = (exchange: Exchange): boolean => {
  const waited = waitedMs(exchange) ?? 0;
  return (
    unanswered(exchange) && endedBy(exchange) === 'server' && endOf(exchange, 'server')?.how === 'fin' && waited >= 980 && waited <= 1250
  );
};

export const rule = defineRule({
  code: 'url.wrong-endpoint',
  cause: 'url',
  severity: 'error',
  title: 'The URL names an ordinary page, not a WebSocket',
  question: 'Did something answer that is alive and well but no WebSocket: a page, an API, shakedown itself?',
  remedy: 'Point the URL at the path on which the server accepts WebSockets.',
  fixes: [
    { for: 'the client', text: 'Open the same URL in a browser: if a page appears, it is the page, and the WebSocket lives elsewhere.' },
    ...remediesFor('handler'),
  ],
  rfc: 'RFC 9110 7.8',
  examine: (exchange) => {
    if (exchange.refusal?.why === 'loop' || exchange.dialFailure?.code === 'SHK_LOOP') {
      return {
        confidence: 0.98,
        evidence: [{ leg: 'server', what: 'connect', text: exchange.refusal?.text ?? exchange.dialFailure?.message ?? '' }],
        title: 'The URL leads back to shakedown itself',
      };
    }
    const request = requestOf(exchange);
    const stored = refusedWith(exchange, 400, 403, 404, 405);
    const says = stored && edgeSays(stored);
    if (stored && says?.meaning === 'storage')
      return {
        confidence: 0.88,
        evidence: [startLine(stored), ...says.evidence, ...(request ? [startLine(request)] : [])],
        title: 'The URL leads to a store of files, which speaks no WebSocket',
      };
    const page = refusedWith(exchange, 200);
    if (page && (isHtml(page) || field(page.head, 'Content-Type'))) {
      const excerpt = bodyExcerpt(page.leg, page.body);
      return {
        // A file from a disk: no application has answered, so none is there without an upgrade listener.
        confidence: isServedFile(page) ? 0.74 : isHtml(page) ? 0.65 : 0.55,
        evidence: [
          startLine(page),
          fieldEvidence(page, 'Content-Type'),
          ...(isServedFile(page) ? presentFields(page, 'Last-Modified', 'ETag') : []),
          ...(excerpt ? [excerpt] : []),
          ...(request ? [startLine(request)] : []),
        ],
      };
    }
    if (request && closedAsEngine(exchange))
      return {
        confidence: 0.86,
        evidence: [
          endEvidence(exchange, 'server'),
          { leg: 'server', what: 'timing', text: `after ${((waitedMs(exchange) ?? 0) / 1000).toFixed(2)} s, without a byte` },
          startLine(request),
        ],
        title: 'Nobody takes this path: engine.io, under socket.io, ends after one second what is not for it',
        culprit: null,
      };
    const refused = refusedWith(exchange, 400);
    if (!refused || !isWsPathRefusal(refused) || !request || requestFlawsOf(request.head).length > 0) return undefined;
    return {
      confidence: 0.8,
      evidence: [
        startLine(refused),
        ...(bodyExcerpt(refused.leg, refused.body) ? [bodyExcerpt(refused.leg, refused.body)].flatMap((piece) => piece ?? []) : []),
        startLine(request),
      ],
      title: 'The ws server serves another path: it says 400 "Bad Request" to a request in which nothing is wrong',
    };
  },
});

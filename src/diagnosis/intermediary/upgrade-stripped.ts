import type { Exchange } from '../../model/exchange.js';
import type { Evidence } from '../../model/finding.js';
import { field, fieldValues } from '../../model/head.js';
import { culpritOf, fromNodeHandler } from '../culprits.js';
import { allFieldEvidence, bodyExcerpt, fieldEvidence, presentFields, startLine } from '../evidence.js';
import { complaintOf, hasFlaw, lossOf, lossSeverity } from '../hops.js';
import { greetingOf, hasSmallNames, isOwnPage, isServedFile, plainOnlyPage } from '../own-pages.js';
import { refusalTexts } from '../refusal-texts.js';
import { remediesFor } from '../remedies/remedies.js';
import { defineRule, type Verdict } from '../rule.js';
import { type Answer, clientRequestOf, refusedWith, requestOf } from '../sights.js';

/** These take Upgrade away unless they are told otherwise: Squid 5.7, Varnish 7.1, nginx 1.22, Apache 2.4 and lighttpd 1.4, measured. */
const stripsByDefault = /^(squid|varnish|nginx|openresty|apache\/|lighttpd)/i;

/** These run in the web server itself, or beside it as a part of it. */
const inWebServer = /^(PHP|ASP\.NET)/i;

/**
 * Varnish passes an upgrade on in a pipe only, and a pipe is bytes: what came back through one has no field of Varnish (measured with 7.1).
 */
const notPiped = (answer: Answer | undefined, asked: readonly Evidence[]): Verdict | undefined => {
  if (!answer || isOwnPage(answer)) return undefined;
  const [first, ...more] = presentFields(answer, 'X-Varnish').concat(
    presentFields(answer, 'Via').filter(({ text }) => /varnish/i.test(text)),
  );
  if (!first) return undefined;
  return {
    confidence: 0.88,
    evidence: [first, ...more, startLine(answer), ...asked],
    title: 'The answer bears the fields of Varnish, so the request was not piped: then Varnish takes the Upgrade away',
    culprit: 'Varnish',
  };
};

/** The request left us whole, but the answer is that of a server which saw plain HTTP. */
const strippedBehind = (exchange: Exchange): Verdict | undefined => {
  const request = requestOf(exchange);
  if (!request || hasFlaw(request, 'missing-upgrade', 'bad-upgrade', 'missing-connection', 'bad-connection', 'http-version'))
    return undefined;
  // A list, or two fields: it is not that it was taken away.
  if (fieldValues(request.head, 'Upgrade').join(', ').toLowerCase() !== 'websocket') return undefined;
  const asked = allFieldEvidence(request, 'Upgrade');
  const title = 'A proxy behind shakedown took the Upgrade field away: the server saw plain HTTP';
  const complaint = complaintOf(exchange, refusalTexts.upgrade);
  if (complaint) return { ...complaint.verdict, evidence: [...complaint.verdict.evidence, ...asked], title };
  // gorilla, Python and coder tell the two fields apart.
  if (complaintOf(exchange, refusalTexts.connection) || complaintOf(exchange, refusalTexts.version10)) return undefined;
  const required = refusedWith(exchange, 426);
  if (required && /^\s*TLS\//i.test(field(required.head, 'Upgrade') ?? '')) return undefined;
  if (required) {
    const hop =
      culpritOf(required.head, required.body)?.role === 'intermediary' ||
      field(required.head, 'Via') !== undefined ||
      hasSmallNames(required) ||
      // ws has a listener for upgrades on every port of its own: this it says only to what Node took for plain HTTP.
      (required.body === 'Upgrade Required' && field(required.head, 'X-Powered-By') === undefined && !fromNodeHandler(required.head));
    return { confidence: hop ? 0.85 : 0.6, evidence: [startLine(required), ...presentFields(required, 'Upgrade', 'Via'), ...asked], title };
  }
  const piped = notPiped(refusedWith(exchange, 200, 400, 404, 405, 501), asked);
  if (piped) return piped;
  const answer = refusedWith(exchange, 200, 400, 404);
  const hop = answer && culpritOf(answer.head, answer.body);
  if (!answer || !hop || hop.role !== 'intermediary' || !stripsByDefault.test(hop.name)) return undefined;
  // A file or a page of its own is no application's answer: then it has not passed on anything.
  if (
    isServedFile(answer) ||
    isOwnPage(answer) ||
    greetingOf(answer) !== undefined ||
    inWebServer.test(field(answer.head, 'X-Powered-By') ?? '')
  )
    return undefined;
  const plain = answer.status === 404 && plainOnlyPage.test(answer.body) ? bodyExcerpt(answer.leg, answer.body, plainOnlyPage) : undefined;
  if (plain)
    return {
      confidence: 0.8,
      evidence: [startLine(answer), plain, hop.evidence, ...asked],
      title: `The application behind ${hop.name} saw plain HTTP, and no handshake: ${hop.name} takes the Upgrade field away unless told otherwise`,
    };
  return {
    confidence: answer.status === 200 ? 0.76 : /^(squid|varnish)/i.test(hop.name) ? 0.72 : 0.5,
    evidence: [startLine(answer), hop.evidence, ...asked],
    title: `${hop.name} may have taken the Upgrade field away, as it does unless told otherwise`,
  };
};

export const rule = defineRule({
  code: 'intermediary.upgrade-stripped',
  cause: 'intermediary',
  severity: 'error',
  title: 'The Upgrade field was lost on the way',
  question: 'Do the Sec-WebSocket fields still stand in a request whose Upgrade is gone, or does the server say that it saw none?',
  remedy: 'Upgrade is a hop-by-hop field: every proxy on the way has to be told to pass it on, together with Connection, in HTTP/1.1.',
  fixes: remediesFor('upgrade'),
  rfc: 'RFC 9110 7.6.1, 7.8',
  examine: (exchange) => {
    const loss = lossOf(exchange, 'missing-upgrade');
    if (!loss) return strippedBehind(exchange);
    const sent = clientRequestOf(exchange);
    const before = sent && loss.where === 'here' ? [fieldEvidence(sent, 'Upgrade')] : [];
    return {
      confidence: loss.where === 'here' ? 0.97 : 0.9,
      evidence: [
        fieldEvidence(loss.seen, 'Upgrade'),
        ...before,
        ...presentFields(loss.seen, 'Sec-WebSocket-Key', 'Via', 'X-Forwarded-For'),
      ],
      title:
        loss.where === 'here'
          ? 'The Upgrade field was lost between client and server'
          : 'The request came without its Upgrade field: a proxy before shakedown took it away',
      severity: lossSeverity(exchange),
      culprit: null,
    };
  },
});

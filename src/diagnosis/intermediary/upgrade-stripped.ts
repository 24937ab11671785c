import type { Exchange } from '../../model/exchange.js';
import { field, fieldValues } from '../../model/head.js';
import { culpritOf } from '../culprits.js';
import { allFieldEvidence, fieldEvidence, presentFields, startLine } from '../evidence.js';
import { complaintOf, hasFlaw, lossOf, lossSeverity } from '../hops.js';
import { refusalTexts } from '../refusal-texts.js';
import { remediesFor } from '../remedies/remedies.js';
import { defineRule, type Verdict } from '../rule.js';
import { clientRequestOf, refusedWith, requestOf } from '../sights.js';

/** These take Upgrade away unless they are told otherwise. */
const stripsByDefault = /^(squid|varnish|nginx|openresty)/i;

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
  if (required) {
    const hop = culpritOf(required.head, required.body)?.role === 'intermediary' || field(required.head, 'Via') !== undefined;
    return { confidence: hop ? 0.85 : 0.6, evidence: [startLine(required), ...presentFields(required, 'Upgrade', 'Via'), ...asked], title };
  }
  const answer = refusedWith(exchange, 200, 400, 404);
  const hop = answer && culpritOf(answer.head, answer.body);
  if (!answer || !hop || hop.role !== 'intermediary' || !stripsByDefault.test(hop.name)) return undefined;
  // A file of its own is no application's answer: then nginx has not passed on anything.
  const isFile = ['ETag', 'Last-Modified', 'Accept-Ranges'].some((name) => field(answer.head, name) !== undefined);
  return {
    confidence: answer.status === 200 && !isFile ? 0.76 : /^(squid|varnish)/i.test(hop.name) ? 0.72 : 0.5,
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

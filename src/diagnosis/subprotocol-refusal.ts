import type { Exchange } from '../model/exchange.js';
import { field } from '../model/head.js';
import { bodyExcerpt, fieldEvidence, startLine } from './evidence.js';
import { requestFlawsOf } from './hops.js';
import type { Verdict } from './rule.js';
import { refusedWith, requestOf } from './sights.js';

const complaint = /sub-?protocol|Sec-WebSocket-Protocol/i;

/** A refusal that speaks of the subprotocol (RFC 6455 section 4.2.2 leaves its status to the server), where one was offered or was not. */
export const subprotocolRefusal = (exchange: Exchange, { offered }: { readonly offered: boolean }): Verdict | undefined => {
  const answer = refusedWith(exchange, 400, 403, 406, 412, 426, 501);
  const request = requestOf(exchange);
  if (!answer || !request || requestFlawsOf(request.head).length > 0 || !complaint.test(answer.body)) return undefined;
  const line = field(request.head, 'Sec-WebSocket-Protocol');
  if ((line !== undefined) !== offered) return undefined;
  const said = bodyExcerpt(answer.leg, answer.body, complaint);
  return {
    confidence: 0.85,
    severity: 'error',
    evidence: [startLine(answer), ...(said ? [said] : []), fieldEvidence(request, 'Sec-WebSocket-Protocol')],
    title: `The server answered ${answer.text} and speaks of the subprotocol, ${offered ? `and takes none of ${line}` : 'and none was offered'}`,
  };
};

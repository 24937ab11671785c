import type { Exchange } from '../model/exchange.js';
import { field } from '../model/head.js';
import { bodyExcerpt, fieldEvidence, startLine } from './evidence.js';
import { refusalTexts } from './refusal-texts.js';
import type { Verdict } from './rule.js';
import { isHtml, refusedWith, requestOf, wordsOf } from './sights.js';

/** A page of that size speaks of many things. */
const mostWords = 600;

/**
 * A refusal that speaks of subprotocols: autobahn, and so every WAMP router, says in its reason phrase which ones it speaks, Ratchet says 426 with such a body.
 * `asked`: whether the request offers some, or none.
 */
export const subprotocolRefusal = (exchange: Exchange, asked: 'offered' | 'none'): Verdict | undefined => {
  const answer = refusedWith(exchange, 400, 403, 406, 426, 501);
  const request = requestOf(exchange);
  if (!answer || !request || isHtml(answer) || answer.body.length > mostWords || !refusalTexts.subprotocol.test(wordsOf(answer)))
    return undefined;
  const offer = field(request.head, 'Sec-WebSocket-Protocol');
  if ((offer !== undefined) !== (asked === 'offered')) return undefined;
  const excerpt = bodyExcerpt(answer.leg, answer.body, refusalTexts.subprotocol);
  return {
    confidence: 0.85,
    evidence: [startLine(answer), ...(excerpt ? [excerpt] : []), fieldEvidence(request, 'Sec-WebSocket-Protocol')],
    severity: 'error',
    title:
      offer === undefined
        ? `The server wants a subprotocol, and none was offered: it answered ${answer.text}`
        : `The server takes none of the subprotocols that are offered (${offer}): it answered ${answer.text}`,
  };
};

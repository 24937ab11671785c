import { field } from '../../model/head.js';
import { bodyExcerpt, presentFields, startLine } from '../evidence.js';
import { remediesFor } from '../remedies/remedies.js';
import { defineRule } from '../rule.js';
import { type Answer, refusedWith } from '../sights.js';

const pages =
  /Request forbidden by administrative rules|Attention Required! \| Cloudflare|Just a moment\.\.\.|cf-chl|Access Denied[\s\S]{0,200}(Reference|Akamai)|Incapsula incident|Sucuri WebSite Firewall|Request blocked|The requested URL was rejected|Web Application Firewall|FortiGuard|not acceptable!|mod_security/i;

const signs = [
  'cf-mitigated',
  'X-Sucuri-ID',
  'X-Sucuri-Block',
  'X-Iinfo',
  'x-amzn-waf-action',
  'X-Squid-Error',
  'x-amzn-ErrorType',
  'X-Akamai-Request-ID',
];

const hasEdgeSign = ({ head }: Answer): boolean => signs.some((name) => field(head, name) !== undefined);

export const rule = defineRule({
  code: 'intermediary.waf-block',
  cause: 'intermediary',
  severity: 'error',
  title: 'A firewall in front of the server blocked the handshake',
  question: 'Is the refusal the page of a web application firewall, a bot filter or a proxy with rules?',
  remedy: 'Let the path of the WebSocket past the filter: no handshake can solve a challenge page.',
  fixes: remediesFor('filter'),
  rfc: 'RFC 9110 15.5.4',
  examine: (exchange) => {
    const answer = refusedWith(exchange, 403, 405, 406, 418, 429, 451, 503);
    if (!answer) return undefined;
    const said = pages.test(answer.body) ? bodyExcerpt(answer.leg, answer.body, pages) : undefined;
    if (!said && !hasEdgeSign(answer) && ![406, 418, 451].includes(answer.status)) return undefined;
    return {
      confidence: said || hasEdgeSign(answer) ? 0.92 : 0.6,
      evidence: [startLine(answer), ...(said ? [said] : []), ...presentFields(answer, ...signs)],
      title: `A filter in front of the server answered ${answer.text}`,
    };
  },
});

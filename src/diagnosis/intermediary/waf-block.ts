import { fieldValues } from '../../model/head.js';
import { edgeSays } from '../edge-pages.js';
import { bodyExcerpt, presentFields, startLine } from '../evidence.js';
import { isOwnPage } from '../own-pages.js';
import { remediesFor } from '../remedies/remedies.js';
import { defineRule } from '../rule.js';
import { type Answer, refusedWith } from '../sights.js';

const pages =
  /Request forbidden by administrative rules|Attention Required! \| Cloudflare|Just a moment\.\.\.|cf-chl|Access Denied[\s\S]{0,200}(Reference|Akamai)|Incapsula incident|Sucuri WebSite Firewall|Request blocked|The requested URL was rejected|Web Application Firewall|FortiGuard|not acceptable!|mod_security|<h1>403 Forbidden<\/h1><\/center>\r\n<hr><center>Microsoft-Azure-Application-Gateway/i;

const any = /./;
/** Squid and API Gateway say in the same field that a server is down, or that there were too many: that is no filter. */
const denied = /denied|forbidden|blocked|unauthorized/i;

const signs: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['cf-mitigated', any],
  ['X-Sucuri-ID', any],
  ['X-Sucuri-Block', any],
  ['X-Iinfo', any],
  ['x-amzn-waf-action', any],
  ['X-Squid-Error', denied],
  ['x-amzn-ErrorType', denied],
  ['X-Akamai-Request-ID', any],
];

const edgeSigns = ({ head }: Answer): readonly string[] =>
  signs.flatMap(([name, pattern]) => (fieldValues(head, name).some((value) => pattern.test(value)) ? [name] : []));

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
    const own = refusedWith(exchange, 200, 301, 302, 303, 307, 403, 503);
    const says = own && edgeSays(own);
    if (own && says?.meaning === 'filter')
      return {
        confidence: 0.92,
        evidence: [startLine(own), ...says.evidence],
        title:
          own.status === 200 || own.status >= 500
            ? `A filter in front of the server answered in its place: ${own.text}`
            : `A filter in front of the server answered ${own.text}`,
      };
    const answer = refusedWith(exchange, 403, 405, 406, 418, 429, 451, 503);
    if (!answer) return undefined;
    const said = pages.test(answer.body) ? bodyExcerpt(answer.leg, answer.body, pages) : undefined;
    const found = edgeSigns(answer);
    // Varnish is never the application: a 403 that it writes itself is a rule of its VCL.
    const ruled =
      answer.status === 403 && /<h3>Guru Meditation:<\/h3>/.test(answer.body) ? bodyExcerpt(answer.leg, answer.body, /Guru/) : undefined;
    if (!said && !ruled && found.length === 0 && ![406, 418, 451].includes(answer.status)) return undefined;
    // Nobody but a filter says 451 (RFC 7725); 406 web servers say by themselves to what ModSecurity does not let pass.
    const byRule = answer.status === 451 || (answer.status === 406 && isOwnPage(answer));
    return {
      confidence: said || ruled || found.length > 0 ? 0.92 : byRule ? 0.85 : 0.6,
      evidence: [startLine(answer), ...(said ? [said] : []), ...(ruled ? [ruled] : []), ...presentFields(answer, ...found)],
      title: `A filter in front of the server answered ${answer.text}`,
    };
  },
});

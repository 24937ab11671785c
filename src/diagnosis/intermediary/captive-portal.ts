import { field } from '../../model/head.js';
import { bodyExcerpt, presentFields, startLine } from '../evidence.js';
import { defineRule } from '../rule.js';
import { isHtml, refusedWith } from '../sights.js';

/** FortiGate, Palo Alto and Zscaler, too, send whoever is not logged in to a page of theirs. */
const portal =
  /captive|portal|hotspot|wifi-?login|guest-?login|\/cgi-bin\/login|nmcheck|msftconnecttest|\/fgtauth\?|\/php\/uid\.php\?|\/\/gateway\.zscaler/i;

/** Words of the login pages of hotels, trains and guest networks. */
const network = /captive ?portal|hot ?spot|guest ?(wi-?fi|network|internet|wlan)|wi-?fi (log ?in|access|terms)|<WISPAccessGatewayParam/i;
/** ... with which they ask for something. */
const asks = /<form|<input|log ?in|sign ?in|accept|voucher/i;

export const rule = defineRule({
  code: 'intermediary.captive-portal',
  cause: 'intermediary',
  severity: 'error',
  title: 'The network wants a login first',
  question: 'Was the answer 511, the login page of a network, or a redirect to one?',
  remedy: 'Log in to the network with a browser, then try again.',
  fixes: [{ for: 'the network', text: 'Open any plain http:// page in a browser, and log in.', config: 'http://neverssl.com/' }],
  rfc: 'RFC 6585 6',
  examine: (exchange) => {
    const required = refusedWith(exchange, 511);
    if (required) return { confidence: 0.97, evidence: [startLine(required)] };
    const page = refusedWith(exchange, 200);
    const words =
      page && isHtml(page) && network.test(page.body) && asks.test(page.body) ? bodyExcerpt(page.leg, page.body, network) : undefined;
    if (page && words) return { confidence: 0.8, evidence: [startLine(page), words] };
    const redirect = refusedWith(exchange, 302, 303, 307);
    if (!redirect || !portal.test(field(redirect.head, 'Location') ?? '')) return undefined;
    return { confidence: 0.75, evidence: [startLine(redirect), ...presentFields(redirect, 'Location')] };
  },
});

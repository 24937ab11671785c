import { field } from '../../model/head.js';
import { presentFields, startLine } from '../evidence.js';
import { defineRule } from '../rule.js';
import { refusedWith } from '../sights.js';

const portal = /captive|portal|hotspot|wifi-?login|guest-?login|\/cgi-bin\/login|nmcheck|msftconnecttest/i;

export const rule = defineRule({
  code: 'intermediary.captive-portal',
  cause: 'intermediary',
  severity: 'error',
  title: 'The network wants a login first',
  question: 'Was the answer 511, or a redirect to the login page of a network?',
  remedy: 'Log in to the network with a browser, then try again.',
  fixes: [{ for: 'the network', text: 'Open any plain http:// page in a browser, and log in.', config: 'http://neverssl.com/' }],
  rfc: 'RFC 6585 6',
  examine: (exchange) => {
    const required = refusedWith(exchange, 511);
    if (required) return { confidence: 0.97, evidence: [startLine(required)] };
    const redirect = refusedWith(exchange, 302, 303, 307);
    if (!redirect || !portal.test(field(redirect.head, 'Location') ?? '')) return undefined;
    return { confidence: 0.75, evidence: [startLine(redirect), ...presentFields(redirect, 'Location')] };
  },
});

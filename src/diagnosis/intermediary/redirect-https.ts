import { field } from '../../model/head.js';
import { fieldEvidence, presentFields, startLine } from '../evidence.js';
import { defineRule } from '../rule.js';
import { isSecure, refusedWith, splitHost } from '../sights.js';

export const rule = defineRule({
  code: 'intermediary.redirect-https',
  cause: 'intermediary',
  severity: 'error',
  title: 'Plain ws:// is redirected to TLS',
  question: 'Does a redirect differ from the request in nothing but the scheme, or does a 426 ask for TLS?',
  remedy: 'Use wss://. Browsers never follow a redirect of a WebSocket.',
  fixes: [{ for: 'the client', text: 'Use wss:// in the URL.' }],
  rfc: 'RFC 9110 15.4',
  examine: (exchange) => {
    const required = refusedWith(exchange, 426);
    // RFC 2817 section 4.2: Kong says so on a route that takes `https` alone.
    if (required && !isSecure(exchange) && /^\s*TLS\//i.test(field(required.head, 'Upgrade') ?? ''))
      return {
        confidence: 0.95,
        evidence: [startLine(required), ...presentFields(required, 'Upgrade')],
        title: 'The gateway asks for TLS in place of plain ws://',
      };
    const answer = refusedWith(exchange, 301, 302, 303, 307, 308);
    const location = answer && field(answer.head, 'Location');
    const match = /^(?:https|wss):\/\/([^/?#]+)([^#]*)/i.exec(location ?? '');
    if (!answer || !match || !exchange.target || isSecure(exchange)) return undefined;
    const sameHost = splitHost(match[1] ?? '', true).hostname === splitHost(exchange.target.host, true).hostname;
    const samePath = (match[2] || '/') === (exchange.target.path || '/');
    if (!sameHost || !samePath) return undefined;
    return {
      confidence: 0.97,
      evidence: [startLine(answer), fieldEvidence(answer, 'Location')],
      title: `Plain ws:// is redirected to ${location}`,
    };
  },
});

import { field } from '../../model/head.js';
import { fieldEvidence, startLine } from '../evidence.js';
import { defineRule } from '../rule.js';
import { isSecure, refusedWith, splitHost } from '../sights.js';

export const rule = defineRule({
  code: 'intermediary.redirect-https',
  cause: 'intermediary',
  severity: 'error',
  title: 'Plain ws:// is redirected to TLS',
  question: 'Does a redirect differ from the request in nothing but the scheme?',
  remedy: 'Use wss://. Browsers never follow a redirect of a WebSocket.',
  fixes: [{ for: 'the client', text: 'Use wss:// in the URL.' }],
  rfc: 'RFC 9110 15.4',
  examine: (exchange) => {
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

import type { Evidence } from '../../model/finding.js';
import { endedBy } from '../endings.js';
import { statusText } from '../evidence.js';
import { toleratedSeverity } from '../flaws.js';
import { defineRule } from '../rule.js';

export const rule = defineRule({
  code: 'server.informational',
  cause: 'server',
  severity: 'warning',
  title: 'An informational answer came before the final one: legal, but Chromium, gorilla and Python refuse it',
  question: 'Did a 100 or 103 come before the final answer?',
  remedy:
    'Send no 100 Continue and no Early Hints to an upgrade: Chromium, gorilla, Python websockets and websocket-client take their status for the answer.',
  fixes: [
    { for: 'the server', text: 'Leave upgrades out of what sends Early Hints.' },
    { for: 'nginx', text: 'Switch early hints off for the location.', config: 'early_hints off;' },
  ],
  rfc: 'RFC 9110 15.2',
  examine: (exchange) => {
    const [first, ...rest] = exchange.informational.map(
      (head): Evidence => ({ leg: 'server', what: 'response-head', text: head.startLine, offset: 0 }),
    );
    const [head] = exchange.informational;
    if (!first || !head) return undefined;
    const leftOnIt = exchange.status === 0 && endedBy(exchange) === 'client';
    return {
      confidence: 0.95,
      evidence: [first, ...rest],
      title: `A ${statusText(head)} came before the final answer: legal, but Chromium, gorilla and Python refuse it`,
      severity: leftOnIt ? 'error' : toleratedSeverity(exchange),
    };
  },
});

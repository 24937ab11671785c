import { defineRule } from '../rule.js';
import { dialFailureOf, isSecure, targetName } from '../sights.js';

export const rule = defineRule({
  code: 'intermediary.policy-drop',
  cause: 'intermediary',
  severity: 'error',
  title: 'Something on the way may drop what goes to this server',
  question: 'Did a SYN, or a handshake in the clear, stay without any answer?',
  remedy:
    'Try another port of the same host, and the same request without Upgrade: if those are answered, a firewall drops just this. Have it opened, or use wss:// on port 443.',
  fixes: [
    {
      for: 'the network',
      text: 'Open this port, or let WebSockets to this host through; a rule that rejects (RST) is found sooner than one that drops.',
    },
    { for: 'the client', text: 'Use wss:// on port 443, which is open nearly everywhere.' },
  ],
  rfc: 'RFC 6455 10.8',
  examine: (exchange) => {
    const failure = dialFailureOf(exchange);
    if (failure?.code === 'ETIMEDOUT')
      return {
        confidence: 0.3,
        evidence: [{ leg: 'server', what: 'connect', text: `no answer to a SYN to ${targetName(exchange)}` }],
        culprit: null,
      };
    const gaveUp = exchange.notAHead.serverSent?.why === 'timeout' && exchange.notAHead.serverSent.raw === '';
    if (!gaveUp || isSecure(exchange)) return undefined;
    return { confidence: 0.3, evidence: [{ leg: 'server', what: 'timing', text: 'the request stayed without an answer' }], culprit: null };
  },
});

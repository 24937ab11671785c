import { endEvidence, endedBy, endOf, unanswered } from '../endings.js';
import { defineRule } from '../rule.js';
import { isSecure } from '../sights.js';

export const rule = defineRule({
  code: 'intermediary.policy-rst',
  cause: 'intermediary',
  severity: 'error',
  title: 'Something on the way may reset what it takes for a WebSocket',
  question: 'Did a RST come in place of an answer to a handshake in the clear, or to a ClientHello with a name in it?',
  remedy:
    'Send the same request without Upgrade, or the same ClientHello without the name: if that is answered, a filter minds WebSockets, or the name. Use wss:// on port 443, or have the host let through.',
  fixes: [
    { for: 'the network', text: 'Let WebSockets to this host pass the firewall, the antivirus or the proxy that inspects HTTP.' },
    { for: 'the client', text: 'Use wss:// on port 443: a filter that reads HTTP does not see the Upgrade in it.' },
  ],
  rfc: 'RFC 9110 7.8',
  examine: (exchange) => {
    const end = endOf(exchange, 'server');
    const failure = exchange.server?.tlsFailure;
    if (failure?.code === 'ECONNRESET' && failure.chain.length === 0 && failure.firstBytes === '' && failure.sni !== null)
      return {
        confidence: 0.3,
        evidence: [{ leg: 'server', what: 'tls', text: `${failure.code} after a ClientHello for ${failure.sni}` }],
        culprit: null,
      };
    // Inside TLS nobody on the way sees the Upgrade.
    if (isSecure(exchange) || !unanswered(exchange) || endedBy(exchange) !== 'server' || end?.how !== 'reset') return undefined;
    return { confidence: 0.3, evidence: [endEvidence(exchange, 'server')], culprit: null };
  },
});

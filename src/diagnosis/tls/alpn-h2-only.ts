import { defineRule } from '../rule.js';
import { tlsFailureWith } from '../tls-failures.js';

export const rule = defineRule({
  code: 'tls.alpn-h2-only',
  cause: 'certificate',
  severity: 'error',
  title: 'The two sides agree on no application protocol',
  question: 'Did one side say no_application_protocol (alert 120)?',
  remedy: 'Let the server offer http/1.1 beside h2: the classic handshake is HTTP/1.1.',
  fixes: [
    { for: 'the server', text: 'Allow HTTP/1.1.', config: 'http2.createSecureServer({ allowHTTP1: true, ... });   // Node' },
    { for: 'Envoy', text: 'Offer both protocols.', config: 'alpn_protocols: [h2, http/1.1]' },
  ],
  rfc: 'RFC 7301 3.2',
  examine: (exchange) => {
    const seen = tlsFailureWith(exchange, { alerts: [120], codes: /NO_APPLICATION_PROTOCOL/i });
    return seen && { confidence: 0.95, evidence: [seen.evidence] };
  },
});

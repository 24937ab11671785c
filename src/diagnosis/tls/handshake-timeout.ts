import { defineRule } from '../rule.js';
import { tlsFailureWith } from '../tls-failures.js';

export const rule = defineRule({
  code: 'tls.handshake-timeout',
  cause: 'certificate',
  severity: 'error',
  title: 'The TLS handshake was never answered',
  question: 'Did a ClientHello stay without an answer?',
  remedy:
    'See whether the port speaks TLS at all. A large ClientHello (post-quantum keys) takes two packets, and some boxes on the way lose the second.',
  fixes: [
    {
      for: 'the server',
      text: 'See whether the port answers TLS from another place.',
      config: 'openssl s_client -connect app.example:443 -servername app.example',
    },
  ],
  rfc: 'RFC 8446 4',
  examine: (exchange) => {
    const seen = tlsFailureWith(exchange, { codes: /ETIMEDOUT|TLS_HANDSHAKE_TIMEOUT|timed out|timeout/i });
    return seen && { confidence: 0.85, evidence: [seen.evidence] };
  },
});

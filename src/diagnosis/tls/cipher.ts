import { defineRule } from '../rule.js';
import { peerOf, tlsFailureWith } from '../tls-failures.js';

export const rule = defineRule({
  code: 'tls.cipher',
  cause: 'certificate',
  severity: 'error',
  title: 'The two sides have no cipher suite in common',
  question: 'Did one side say handshake_failure (alert 40) or insufficient_security (alert 71)?',
  remedy:
    'Enable current cipher suites and groups on the server. In TLS 1.2 the same alert also means that a client certificate was wanted.',
  fixes: [
    { for: 'nginx', text: 'Leave the suites to OpenSSL.', config: 'ssl_ciphers HIGH:!aNULL:!MD5;' },
    {
      for: 'shakedown',
      text: 'If the server wants a client certificate, show one.',
      config: 'shakedown start --client-cert client.pem --client-key client.key',
    },
  ],
  rfc: 'RFC 8446 4.1.1',
  examine: (exchange) => {
    const seen = tlsFailureWith(exchange, {
      alerts: [40, 71],
      codes: /ALERT_HANDSHAKE_FAILURE|NO_SHARED_CIPHER|NO_CIPHERS_AVAILABLE|INSUFFICIENT_SECURITY|DH_KEY_TOO_SMALL|NO_SUITABLE/i,
    });
    return (
      seen && { confidence: 0.8, evidence: [seen.evidence], title: `shakedown and ${peerOf(seen.leg)} have no cipher suite in common` }
    );
  },
});

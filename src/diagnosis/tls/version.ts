import { defineRule } from '../rule.js';
import { peerOf, tlsFailureWith } from '../tls-failures.js';

export const rule = defineRule({
  code: 'tls.version',
  cause: 'certificate',
  severity: 'error',
  title: 'The two sides have no TLS version in common',
  question: 'Did one side say protocol_version (alert 70) or unsupported protocol?',
  remedy: 'Enable TLS 1.2 and 1.3 on the server.',
  fixes: [
    { for: 'nginx', text: 'Enable the current versions.', config: 'ssl_protocols TLSv1.2 TLSv1.3;' },
    { for: 'Apache httpd', text: 'Enable the current versions.', config: 'SSLProtocol -all +TLSv1.2 +TLSv1.3' },
    { for: 'HAProxy', text: 'Enable the current versions.', config: 'bind :443 ssl crt site.pem ssl-min-ver TLSv1.2' },
  ],
  rfc: 'RFC 8446 4.2.1, RFC 8996',
  examine: (exchange) => {
    const seen = tlsFailureWith(exchange, {
      alerts: [70],
      codes: /UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION|VERSION_TOO_LOW|NO_PROTOCOLS_AVAILABLE|legacy sigalg/i,
    });
    return (
      seen && { confidence: 0.95, evidence: [seen.evidence], title: `shakedown and ${peerOf(seen.leg)} have no TLS version in common` }
    );
  },
});

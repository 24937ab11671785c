import { defineRule } from '../rule.js';
import { tlsFailureWith } from '../tls-failures.js';

export const rule = defineRule({
  code: 'tls.sni-rejected',
  cause: 'certificate',
  severity: 'error',
  title: 'The server knows no site of that name',
  question: 'Did the server say unrecognized_name (alert 112) to the name in the ClientHello?',
  remedy: 'Use a name that the server knows, or configure the name there.',
  fixes: [
    { for: 'the client', text: 'Use the name of the site in the URL, not an address.' },
    { for: 'nginx', text: 'Give the name a server block.', config: 'server { listen 443 ssl; server_name app.example; }' },
  ],
  rfc: 'RFC 6066 3',
  examine: (exchange) => {
    const seen = tlsFailureWith(exchange, { alerts: [112], codes: /UNRECOGNIZED_NAME/i });
    if (!seen) return undefined;
    const name = seen.failure.sni ?? exchange.target?.host ?? 'that name';
    return {
      confidence: 0.95,
      evidence: [seen.evidence, { leg: seen.leg, what: 'tls', text: `asked for ${name}` }],
      title: `The server knows no site called ${name}`,
    };
  },
});

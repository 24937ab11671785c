import type { Exchange } from '../../model/exchange.js';
import type { Fix } from '../../model/finding.js';
import { isAddress, tlsFailureText } from '../certificates.js';
import { defineRule, type Verdict } from '../rule.js';
import { tlsFailureWith } from '../tls-failures.js';

/**
 * Go's crypto/tls says internal_error when its application has no certificate for a name (GetCertificate failed): Caddy 2.6, and Traefik. A
 * server that has shown a certificate means something else by it.
 */
const withoutCertificate = (exchange: Exchange): Verdict | undefined => {
  const failure = exchange.server?.tlsFailure;
  if (failure?.alert !== 80 || failure.chain.length > 0) return undefined;
  const host = exchange.target?.host ?? '';
  // An address goes into no ClientHello (RFC 6066 section 3), and such a server chooses by the name alone.
  if (failure.sni === null)
    return isAddress(host)
      ? {
          confidence: 0.75,
          evidence: [
            { leg: 'server', what: 'tls', text: tlsFailureText(failure) },
            { leg: 'server', what: 'tls', text: `asked for no name, because ${host} is an address, and no certificate came` },
          ],
          title: `The server wants a name, it seems, and ${host} is an address: it said internal_error before it showed a certificate`,
        }
      : undefined;
  return {
    confidence: 0.75,
    evidence: [
      { leg: 'server', what: 'tls', text: tlsFailureText(failure) },
      { leg: 'server', what: 'tls', text: `asked for ${failure.sni}, and no certificate came` },
    ],
    title: `The server has no certificate for ${failure.sni}, it seems: it said internal_error before it showed one`,
  };
};

/** RFC 6066 section 3: a name in SNI has no trailing dot. Browsers and curl leave it out, Node sends it. */
const withoutDot: Fix = { for: 'the client', text: 'Leave the dot at the end of the host name out of the URL: a name in SNI has none.' };

export const rule = defineRule({
  code: 'tls.sni-rejected',
  cause: 'certificate',
  severity: 'error',
  title: 'The server knows no site of that name',
  question:
    'Did the server say unrecognized_name (alert 112) to the name in the ClientHello, or internal_error (80) in place of a certificate?',
  remedy: 'Use a name that the server knows, or configure the name there.',
  fixes: [
    { for: 'the client', text: 'Use the name of the site in the URL, not an address.' },
    { for: 'Caddy', text: 'Give the name a site of its own: Caddy has certificates for the names of its sites alone.' },
    { for: 'nginx', text: 'Give the name a server block.', config: 'server { listen 443 ssl; server_name app.example; }' },
  ],
  rfc: 'RFC 6066 3',
  examine: (exchange) => {
    const seen = tlsFailureWith(exchange, { alerts: [112], codes: /UNRECOGNIZED_NAME/i });
    if (!seen) return withoutCertificate(exchange);
    const name = seen.failure.sni ?? exchange.target?.host ?? 'that name';
    return {
      confidence: 0.95,
      evidence: [seen.evidence, { leg: seen.leg, what: 'tls', text: `asked for ${name}` }],
      title: `The server knows no site called ${name}`,
      ...(name.endsWith('.') && { fix: [withoutDot] }),
    };
  },
});

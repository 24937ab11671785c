import { bodyExcerpt, startLine } from '../evidence.js';
import { defineRule } from '../rule.js';
import { refusedWith } from '../sights.js';
import { tlsFailureWith } from '../tls-failures.js';

const nodeWords = /ALPN Protocol, expected `h2` to be available/;

export const rule = defineRule({
  code: 'tls.alpn-h2-only',
  cause: 'certificate',
  severity: 'error',
  title: 'The two sides agree on no application protocol',
  question: 'Did one side say no_application_protocol (alert 120), or was another protocol spoken than was agreed?',
  remedy: 'Let the server offer http/1.1 beside h2: the classic handshake is HTTP/1.1.',
  fixes: [
    { for: 'the server', text: 'Allow HTTP/1.1.', config: 'http2.createSecureServer({ allowHTTP1: true, ... });   // Node' },
    { for: 'Envoy', text: 'Offer both protocols.', config: 'alpn_protocols: [h2, http/1.1]' },
  ],
  rfc: 'RFC 7301 3.2',
  examine: (exchange) => {
    const seen = tlsFailureWith(exchange, { alerts: [120], codes: /NO_APPLICATION_PROTOCOL/i });
    if (seen) return { confidence: 0.95, evidence: [seen.evidence] };
    // Node's http2 says it in words to a client that offers nothing; another one gets alert 120.
    const told = refusedWith(exchange, 403);
    const words = told && nodeWords.test(told.body) ? bodyExcerpt(told.leg, told.body, nodeWords) : undefined;
    if (told && words) return { confidence: 0.97, evidence: [words, startLine(told)], title: 'The server speaks HTTP/2 only' };
    const { client, server, heads, http2 } = exchange;
    if (exchange.kind === 'tunnel' && client.tls?.alpn === 'h2' && server?.tls?.alpn !== 'h2') {
      return {
        confidence: 0.9,
        evidence: [{ leg: 'client', what: 'tls', text: `ALPN: h2 to the client, ${server?.tls?.alpn ?? 'none'} with the server` }],
        title: 'The client was told HTTP/2 by ALPN, and HTTP/1.1 was spoken to it',
      };
    }
    // A client that offers nothing speaks HTTP/1.1, and takes the SETTINGS frame for a broken answer.
    if (http2?.stream !== 0 || heads.clientSent || client.tls?.alpn !== null || client.hello?.alpn.length !== 0) return undefined;
    return {
      confidence: 0.9,
      evidence: [{ leg: 'client', what: 'tls', text: 'no protocol was offered by ALPN, and HTTP/2 was spoken' }],
      title: 'The client offered no protocol, and was met with HTTP/2',
    };
  },
});

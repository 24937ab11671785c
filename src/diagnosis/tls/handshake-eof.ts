import type { Exchange } from '../../model/exchange.js';
import { serverRefusalOf } from '../client-certificate.js';
import { defineRule, type Verdict } from '../rule.js';
import { peerOf, tlsFailuresOf } from '../tls-failures.js';

const gone =
  /ECONNRESET|SHK_TLS_EOF|EPIPE|UNEXPECTED_EOF|ERR_STREAM_PREMATURE_CLOSE|before secure TLS connection|socket hang up|unexpected eof/i;

/** RFC 8446 section 6.2, and RFC 6066 section 8 for the last. */
const aboutCertificates = [42, 43, 44, 45, 46, 48, 51, 113];

/**
 * In TLS 1.3 a server has the last word of the handshake when the client has long taken it for done (RFC 8446 section 4.4.4): its alert comes in place of
 * the answer.
 */
const lateEnd = (exchange: Exchange): Verdict | undefined => {
  const { heads, notAHead } = exchange;
  const refusal = serverRefusalOf(exchange);
  // Alert 116 is about a client certificate, whatever the server had asked for.
  if (!refusal?.late || refusal.alert === 0 || refusal.alert === 116 || heads.serverSent || notAHead.serverSent?.raw) return undefined;
  return {
    confidence: 0.7,
    evidence: [refusal.evidence],
    title: `The server ended the connection right after the TLS handshake: ${refusal.evidence.text.replace(/ after .*/, '')}`,
  };
};

export const rule = defineRule({
  code: 'tls.handshake-eof',
  cause: 'certificate',
  severity: 'error',
  title: 'The TLS handshake broke off',
  question: 'Did the TLS handshake end for a reason that no other rule knows, mostly without an alert?',
  remedy:
    'Look at what terminates TLS there: it crashed, does not know the name asked for, wants a client certificate, or a filter on the way minds the name.',
  fixes: [
    {
      for: 'the server',
      text: 'See whether it answers to this name at all.',
      config: 'openssl s_client -connect app.example:443 -servername app.example',
    },
    { for: 'the network', text: 'Try from another network: a filter may cut by the name in the ClientHello.' },
  ],
  rfc: 'RFC 8446 6.1',
  examine: (exchange) => {
    // A client that was shown a certificate and closed, or sent an alert about it, has said what it thinks of it: certificate.* tells.
    const seen = tlsFailuresOf(exchange).find(
      ({ leg, failure }) =>
        leg === 'server' || failure.chain.length === 0 || (failure.alert !== null && !aboutCertificates.includes(failure.alert)),
    );
    if (!seen) return lateEnd(exchange);
    const { alert, code, message, firstBytes } = seen.failure;
    const who = peerOf(seen.leg);
    if (alert === null && firstBytes === '' && gone.test(`${code} ${message}`)) {
      return {
        confidence: 0.8,
        evidence: [seen.evidence],
        title: `${who.replace('the', 'The')} ended the connection in the middle of the TLS handshake`,
      };
    }
    return { confidence: 0.4, evidence: [seen.evidence], title: `The TLS handshake with ${who} failed: ${seen.evidence.text}` };
  },
});

import { defineRule } from '../rule.js';
import { peerOf, tlsFailuresOf } from '../tls-failures.js';

const gone = /ECONNRESET|EPIPE|UNEXPECTED_EOF|ERR_STREAM_PREMATURE_CLOSE|before secure TLS connection|socket hang up|unexpected eof/i;

export const rule = defineRule({
  code: 'tls.handshake-eof',
  cause: 'certificate',
  severity: 'error',
  title: 'The connection ended in the middle of the TLS handshake',
  question: 'Did one side close without an alert before the handshake was done?',
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
    const seen = tlsFailuresOf(exchange).find(
      ({ leg, failure }) =>
        failure.alert === null &&
        failure.firstBytes === '' &&
        gone.test(`${failure.code} ${failure.message}`) &&
        (leg === 'server' || failure.chain.length === 0),
    );
    return (
      seen && {
        confidence: 0.8,
        evidence: [seen.evidence],
        title: `${peerOf(seen.leg).replace('the', 'The')} ended the connection in the middle of the TLS handshake`,
      }
    );
  },
});

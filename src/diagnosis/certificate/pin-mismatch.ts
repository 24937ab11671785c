import { clientKindOf } from '../client-kinds.js';
import { shownSound } from '../client-trust.js';
import { certificateField } from '../evidence.js';
import { defineRule } from '../rule.js';

/**
 * Clients that answer a certificate of an unknown CA with an alert, and look at pins only behind the handshake, where they leave without a word:
 * measured of curl 7.88.
 */
const tellsDistrust = ['curl'];
/** A client that closes before it has read our session tickets leaves with RST. */
const gone = ['fin', 'reset'];

export const rule = defineRule({
  code: 'certificate.pin-mismatch',
  cause: 'certificate',
  severity: 'error',
  title: 'The client wants a key that it knows',
  question: 'Did a client that says so when it distrusts a CA go through with TLS, and then leave without a word or a request?',
  remedy: 'Switch pinning off in debug builds, or leave the TLS of that host closed: no proxy that opens TLS has the key that is pinned.',
  fixes: [
    { for: 'shakedown', text: "Leave that host's TLS closed.", config: 'shakedown start --passthrough app.example' },
    { for: 'curl', text: 'Leave out the pin.', config: 'curl ...   # without --pinnedpubkey' },
    { for: 'the server', text: 'Keep the key when the certificate is renewed, or publish the next pin beforehand.' },
  ],
  rfc: 'RFC 7469 2.6',
  examine: (exchange) => {
    const leaf = shownSound(exchange);
    const { client, heads, door } = exchange;
    const kind = clientKindOf(exchange);
    if (!leaf || !client.tls || !kind || !tellsDistrust.includes(kind.name)) return undefined;
    if (client.end?.by !== 'peer' || !gone.includes(client.end.how) || heads.clientSent || client.bytesIn > door.request.length)
      return undefined;
    return {
      confidence: 0.85,
      evidence: [
        { leg: 'client', what: 'tls', text: 'the client went through with TLS, and ended without a word or a request' },
        certificateField('client', 'subject', leaf.subject),
        certificateField('client', 'fingerprint', leaf.fingerprint),
      ],
      title: `The client (${kind.name}) refused the key of the certificate that shakedown showed: it pins another`,
    };
  },
});

import { field, statusLine } from '../../model/head.js';
import { serverRefusalOf } from '../client-certificate.js';
import { bodyExcerpt, startLine } from '../evidence.js';
import { defineRule } from '../rule.js';
import { refusedWith } from '../sights.js';

const complaint = /No required SSL certificate was sent|client certificate (is )?required|403\.7\b/i;

/** Alerts with which servers that ask for a certificate refuse a client that has none: TLS 1.3's own, and what older ones made do with. */
const alerts = [116, 40, 42];

/** Alert 40 is of handshakes alone (RFC 5246 section 7.2.2): one that comes later ends a second handshake, which TLS 1.3 no longer has. */
const older = /^TLSv1(\.[12])?$/;
const again =
  'The server began a second TLS handshake, as servers do that want a client certificate for some paths only, and refused what it got';

export const rule = defineRule({
  code: 'certificate.client-cert-required',
  cause: 'certificate',
  severity: 'error',
  title: 'The server wants a client certificate, and none was sent',
  question: 'Did the server ask for a certificate, get none, and end: with alert 116 or 40, with a 400 that says so, or without a word?',
  remedy:
    "Give shakedown the client certificate, or leave the host's TLS closed: a proxy that opens the TLS cannot send on the app's own one. In TLS 1.3 the refusal comes after the handshake, as a read error.",
  fixes: [
    {
      for: 'shakedown',
      text: 'Show a client certificate on the server leg, to every server that asks or to this one.',
      config:
        'shakedown start --client-cert client.pem --client-key client.key\nshakedown start --client-cert app.example=client.p12   # passphrase in SHAKEDOWN_CLIENT_KEY_PASSPHRASE',
    },
    {
      for: 'shakedown, when the app has the certificate',
      text: 'Leave the TLS of this host closed, so that the app shows its own; what is said in it then is not seen.',
      config: 'shakedown start --passthrough app.example',
    },
  ],
  rfc: 'RFC 8446 4.4.2.4',
  examine: (exchange) => {
    const asked = exchange.server?.clientCertificate;
    // One was shown: what the server minds is that one.
    if (asked) return undefined;
    const refusal = serverRefusalOf(exchange);
    const version = exchange.server?.tls?.version ?? '';
    if (refusal?.late && refusal.alert === 40 && asked === undefined && older.test(version))
      return { confidence: 0.85, evidence: [refusal.evidence, { leg: 'server', what: 'tls', text: version }], title: again };
    if (refusal?.alert === 116) return { confidence: 0.97, evidence: [refusal.evidence] };
    if (refusal && asked === null) {
      const known = refusal.alert === 0 || alerts.includes(refusal.alert);
      return { confidence: refusal.alert === 0 ? 0.85 : known ? 0.95 : 0.8, evidence: [refusal.evidence] };
    }
    const answer = refusedWith(exchange, 400, 403, 496);
    const said = answer && complaint.test(answer.body) ? bodyExcerpt(answer.leg, answer.body, complaint) : undefined;
    if (answer && said) return { confidence: 0.95, evidence: [said, startLine(answer)] };
    const denied = asked === null ? refusedWith(exchange, 401, 403) : undefined;
    // A challenge names what is wanted.
    if (!denied || field(denied.head, 'WWW-Authenticate') !== undefined) return undefined;
    const { status } = statusLine(denied.head);
    return {
      // Where an Origin was sent it may be that which was minded.
      confidence: field(exchange.heads.serverGot ?? undefined, 'Origin') === undefined ? 0.75 : 0.62,
      evidence: [{ leg: 'server', what: 'tls', text: 'the server asked for a client certificate, and none was shown' }, startLine(denied)],
      title: `The server asked for a client certificate, got none, and answered ${status}`,
    };
  },
});

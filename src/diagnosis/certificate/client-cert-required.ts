import { bodyExcerpt, startLine } from '../evidence.js';
import { defineRule } from '../rule.js';
import { refusedWith } from '../sights.js';
import { tlsFailureWith } from '../tls-failures.js';

const codes = /CERTIFICATE_REQUIRED|PEER_DID_NOT_RETURN_A_CERTIFICATE/i;
const complaint = /No required SSL certificate was sent|client certificate (is )?required/i;

export const rule = defineRule({
  code: 'certificate.client-cert-required',
  cause: 'certificate',
  severity: 'error',
  title: 'The server wants a client certificate',
  question: 'Did the server end with alert 116, or say that no certificate was sent?',
  remedy:
    'Give shakedown the client certificate: the one of the app cannot pass a proxy that opens the TLS. In TLS 1.3 the refusal comes after the handshake, as a read error.',
  fixes: [
    {
      for: 'shakedown',
      text: 'Show a client certificate on the server leg, or leave this host closed.',
      config: 'shakedown start --client-cert client.pem --client-key client.key\nshakedown start --passthrough app.example',
    },
  ],
  rfc: 'RFC 8446 4.4.2.4',
  examine: (exchange) => {
    const seen = tlsFailureWith(exchange, { alerts: [116], codes });
    if (seen?.leg === 'server') return { confidence: 0.97, evidence: [seen.evidence] };
    const late = exchange.server?.end?.code ?? '';
    if (codes.test(late)) return { confidence: 0.97, evidence: [{ leg: 'server', what: 'end', text: late }] };
    const answer = refusedWith(exchange, 400, 403, 496);
    const said = answer && complaint.test(answer.body) ? bodyExcerpt(answer.leg, answer.body, complaint) : undefined;
    return answer && said ? { confidence: 0.95, evidence: [said, startLine(answer)] } : undefined;
  },
});

import { flawOf, serverRefusalOf, shownEvidence } from '../client-certificate.js';
import { bodyExcerpt, startLine } from '../evidence.js';
import { defineRule } from '../rule.js';
import { refusedWith } from '../sights.js';

/** nginx; Microsoft IIS's sub-statuses for revoked, untrusted and expired ones. */
const complaint = /The SSL certificate error|403\.1[367]\b|client certificate .{0,40}(invalid|not trusted|untrusted|expired|revoked)/i;

/** What a server's alert says of the client certificate that it was shown. */
const meanings: Readonly<Record<number, string>> = {
  42: 'it finds something wrong with it',
  43: 'it is of a kind that it does not take',
  44: 'it was revoked',
  45: 'it has expired',
  46: 'it does not take it',
  48: 'it does not know its issuer',
  49: 'it is not allowed in',
  51: 'its signature does not verify',
};

export const rule = defineRule({
  code: 'certificate.client-cert-rejected',
  cause: 'certificate',
  severity: 'error',
  title: 'The server refused the client certificate that it was shown',
  question:
    'Was a client certificate sent, and did the server then end: with an alert about it, with a 400 that says so, or without a word?',
  remedy:
    'Show a certificate that the server takes: valid now, meant for clients (clientAuth), and issued by a CA that the server trusts for clients, which is often not the one of its own certificate.',
  fixes: [
    {
      for: 'shakedown',
      text: 'Name the right certificate for this host.',
      config: 'shakedown start --client-cert app.example=right.pem --client-key app.example=right.key',
    },
    {
      for: 'nginx',
      text: 'Trust the CA that issued it; the error log tells the reason.',
      config: 'ssl_client_certificate /etc/nginx/client-ca.pem;\nssl_verify_depth 2;',
    },
    {
      for: 'the client certificate',
      text: 'Look at its dates, its purpose and its issuer; send the intermediates along, behind it in the same file.',
      config: 'openssl x509 -in client.pem -noout -subject -issuer -dates -ext extendedKeyUsage',
    },
  ],
  rfc: 'RFC 8446 6.2',
  examine: (exchange) => {
    const shown = exchange.server?.clientCertificate;
    if (!shown) return undefined;
    const flaw = flawOf(shown, exchange.startedAt);
    const because = (words: string): string => `The server refused the client certificate${words === '' ? '' : `: ${words}`}`;
    const answer = refusedWith(exchange, 400, 403, 495);
    const said = answer && complaint.test(answer.body) ? bodyExcerpt(answer.leg, answer.body, complaint) : undefined;
    if (answer && said) {
      return { confidence: 0.95, evidence: [said, startLine(answer), ...shownEvidence(shown)], title: because(flaw) };
    }
    const refusal = serverRefusalOf(exchange);
    if (!refusal) return undefined;
    const meaning = meanings[refusal.alert];
    return {
      confidence: meaning ? 0.95 : flaw === '' ? 0.8 : 0.9,
      evidence: [refusal.evidence, ...shownEvidence(shown)],
      title: because(flaw || (meaning ?? '')),
    };
  },
});

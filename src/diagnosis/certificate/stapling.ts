import type { Evidence } from '../../model/finding.js';
import { isStale, type Shown, searchCertificates, whose } from '../certificates.js';
import { certificateField } from '../evidence.js';
import { defineRule } from '../rule.js';

const answer = 'stapled OCSP answer';

const useless: Readonly<Partial<Record<Shown['staple'], string>>> = {
  unknown: 'the responder does not know the certificate',
  other: 'it is about another certificate',
  refused: 'the responder gave an error in place of an answer',
  unreadable: 'it cannot be read',
};

const faultOf = (shown: Shown): Evidence[] => {
  const { leg, leaf, staple, ocsp } = shown;
  const said = useless[staple];
  if (said !== undefined) return [certificateField(leg, answer, said)];
  if (staple === 'none' && leaf?.mustStaple)
    return [certificateField(leg, 'tlsfeature', 'status_request'), certificateField(leg, answer, '(none)')];
  if (ocsp?.verified === false) return [certificateField(leg, answer, "it is signed neither by the certificate's issuer nor in its name")];
  if (!ocsp || !isStale(shown)) return [];
  return [certificateField(leg, answer, `from ${ocsp.thisUpdate || '(unreadable)'} until ${ocsp.nextUpdate ?? '(not said)'}`)];
};

const titleOf = (shown: Shown): string => {
  if (shown.staple === 'none') return `${whose(shown)} must come with an OCSP answer, and comes without one`;
  return isStale(shown) && shown.ocsp?.verified !== false
    ? "The OCSP answer that is stapled to the server's certificate is out of date"
    : "The OCSP answer that is stapled to the server's certificate is of no use";
};

export const rule = defineRule({
  code: 'certificate.stapling',
  cause: 'certificate',
  severity: 'warning',
  title: 'The OCSP answer that should come with the certificate is missing or of no use',
  question: 'Is the stapled OCSP answer stale, unknown or of another certificate, or missing where the certificate demands one?',
  remedy: 'Let the server staple a fresh answer, or none: where the certificate does not demand one, no client minds its absence.',
  fixes: [
    {
      for: 'the server',
      text: 'Let it fetch the answer anew: it must reach the responder (proxies, DNS), and trust the chain of the certificate. Issue a certificate without must-staple where nothing needs it.',
      config: 'openssl s_client -connect app.example:443 -servername app.example -status </dev/null',
    },
  ],
  rfc: 'RFC 7633 4.2.3, RFC 6960 4.2.2.1',
  examine: (exchange) => {
    const verdict = searchCertificates(exchange, {
      name: 'stapling',
      codes: [],
      kinds: [],
      facts: (shown) => {
        const proof = shown.leg === 'server' ? faultOf(shown) : [];
        return proof.length > 0 ? proof : undefined;
      },
      clientsDiffer: true,
      title: titleOf,
    });
    // Beside a defect that every client refuses it is none the worse.
    return (
      verdict && { ...verdict, severity: exchange.mirrored?.defects.includes('stapling') ? (verdict.severity ?? 'warning') : 'warning' }
    );
  },
});

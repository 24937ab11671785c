import type { Fix } from '../../model/finding.js';
import { defineRule } from '../rule.js';
import { endsInPlaceOfReply, upstreamCulprit, upstreamEvidence, upstreamName } from '../upstream-sights.js';

/** No trust mends a date or a name. */
const mend = (error: string): Fix => {
  if (error === 'CERT_HAS_EXPIRED') return { for: 'the upstream proxy', text: 'Renew its certificate.' };
  if (error === 'CERT_NOT_YET_VALID')
    return { for: 'the machine', text: 'Set the clock, here or where the certificate of the proxy was issued.' };
  if (error === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return { for: 'shakedown', text: 'Name the proxy as its certificate does, or give it a certificate for the name in use.' };
  return { for: 'shakedown', text: 'Trust the CA of the proxy.', config: 'shakedown start --upstream-ca FILE' };
};

export const rule = defineRule({
  code: 'intermediary.connect-malformed',
  cause: 'intermediary',
  severity: 'error',
  title: 'The upstream proxy does not speak as a proxy of that kind does',
  question:
    'Did the upstream proxy answer with something that is not its protocol, end the connection before a whole answer, or fail in TLS?',
  remedy:
    'Check the port of the upstream proxy and its kind: http, https (TLS to the proxy itself) or socks5. When it is right, the proxy was stopped or crashed.',
  fixes: [
    {
      for: 'shakedown',
      text: 'Name the kind of proxy that listens there.',
      config: 'shakedown start --upstream-proxy socks5://proxy.example:1080',
    },
    { for: 'the upstream proxy', text: 'Look into its log for a crash, and whether it takes connections from this machine.' },
  ],
  rfc: 'RFC 9110 9.3.6',
  examine: ({ upstream }) => {
    if (!upstream) return undefined;
    const { outcome, why, tls, tlsFailure } = upstream;
    const name = upstreamName(upstream);
    if (tlsFailure) {
      return {
        confidence: 0.93,
        evidence: [{ leg: 'server', what: 'upstream', text: `TLS: ${tlsFailure.code}: ${tlsFailure.message}` }],
        title: `The TLS handshake with ${name} failed`,
        culprit: name,
      };
    }
    if (outcome === null && tls?.authorized === false) {
      return {
        confidence: 0.93,
        evidence: [
          { leg: 'server', what: 'upstream', text: `TLS: the certificate of the proxy does not verify: ${tls.error ?? 'unknown'}` },
        ],
        title: `The certificate of ${name} does not verify (${tls.error ?? 'unknown'})`,
        culprit: name,
        fix: [mend(tls.error ?? '')],
      };
    }
    if ((outcome !== 'malformed' && outcome !== 'closed' && outcome !== 'reset') || endsInPlaceOfReply(upstream)) return undefined;
    return {
      confidence: 0.95,
      evidence: upstreamEvidence(upstream),
      title: `The answer of ${name} is none: ${why}`,
      culprit: upstreamCulprit(upstream),
    };
  },
});

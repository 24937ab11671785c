import { defineRule } from '../rule.js';
import { endsInPlaceOfReply, upstreamCulprit, upstreamEvidence, upstreamName } from '../upstream-sights.js';

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
        fix: [{ for: 'shakedown', text: 'Trust the CA of the proxy.', config: 'shakedown start --upstream-ca FILE' }],
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

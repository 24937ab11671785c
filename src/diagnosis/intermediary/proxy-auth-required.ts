import { presentFields, startLine } from '../evidence.js';
import { defineRule } from '../rule.js';
import { refusedWith } from '../sights.js';
import { gaveCredentials, theProxy, upstreamCulprit, upstreamEvidence, wantsCredentials } from '../upstream-sights.js';

export const rule = defineRule({
  code: 'intermediary.proxy-auth-required',
  cause: 'intermediary',
  severity: 'error',
  title: 'A proxy on the way wants credentials',
  question: 'Was the answer 407, that of the upstream proxy to CONNECT or that to the handshake, or did SOCKS5 ask for credentials?',
  remedy: 'Give the credentials of the proxy. Browsers ask the user for them on ordinary pages, never for a WebSocket.',
  fixes: [
    {
      for: 'shakedown',
      text: 'Put the credentials into the URL of the upstream proxy.',
      config: 'shakedown start --upstream-proxy http://user:password@proxy.example:3128',
    },
    {
      for: 'the client',
      text: 'Put the credentials into the proxy setting of the client.',
      config: 'HTTPS_PROXY=http://user:password@proxy.example:3128',
    },
  ],
  rfc: 'RFC 9110 15.5.8',
  examine: (exchange) => {
    const answer = refusedWith(exchange, 407);
    if (answer) return { confidence: 0.95, evidence: [startLine(answer), ...presentFields(answer, 'Proxy-Authenticate', 'Via')] };
    if (exchange.refusal?.why === 'proxy-auth') {
      const title = "shakedown's own port wants the credentials that it was started with";
      return { confidence: 0.98, evidence: [{ leg: 'client', what: 'entrance', text: exchange.refusal.text }], title };
    }
    const { upstream } = exchange;
    if (!upstream || !wantsCredentials(upstream)) return undefined;
    const given = gaveCredentials(upstream);
    return {
      confidence: 0.97,
      evidence: upstreamEvidence(upstream, 'Proxy-Authenticate'),
      title: `${theProxy(upstream)} ${given ? 'does not take the credentials' : 'wants credentials'}`,
      culprit: upstreamCulprit(upstream),
    };
  },
});

import type { Fix } from '../../model/finding.js';
import { authorityOf, type Target } from '../../model/target.js';
import { remediesFor } from '../remedies/remedies.js';
import { defineRule } from '../rule.js';
import { endsInPlaceOfReply, theProxy, upstreamCulprit, upstreamEvidence, wantsCredentials } from '../upstream-sights.js';

/** What a status of the upstream proxy asks for, as a fix. */
const fixFor = (status: number | null, target: Target | null): readonly Fix[] => {
  if (status === 502 || status === 503 || status === 504) {
    const place = target ? authorityOf(target) : 'the server';
    return [
      { for: 'the upstream proxy', text: `It tried and could not reach ${place}: check that name and port from where the proxy runs.` },
    ];
  }
  return [];
};

export const rule = defineRule({
  code: 'intermediary.connect-refused',
  cause: 'intermediary',
  severity: 'error',
  title: 'The upstream proxy did not connect',
  question: 'Did the upstream proxy answer CONNECT (or SOCKS5) with a refusal that is not about credentials?',
  remedy:
    'Let the proxy connect to that host and port, or go around it for this host. Clients report its status as if the server had sent it.',
  fixes: [
    ...remediesFor('filter').filter((fix) => fix.for === 'Squid'),
    {
      for: 'shakedown',
      text: 'Reach this host without the upstream proxy.',
      config: 'shakedown start --upstream-proxy URL --no-proxy app.example',
    },
    { for: 'the client', text: 'Leave this host out of the proxy.', config: 'NO_PROXY=app.example' },
  ],
  rfc: 'RFC 9110 9.3.6',
  examine: ({ upstream, target }) => {
    if (upstream && endsInPlaceOfReply(upstream))
      return {
        confidence: 0.9,
        evidence: [...upstreamEvidence(upstream), { leg: 'server', what: 'upstream', text: upstream.why }],
        title: `${theProxy(upstream)} took the greeting of SOCKS5 and ended the connection in place of a reply, as ssh -D does when it cannot reach the server, or may not`,
        culprit: upstreamCulprit(upstream),
      };
    if (upstream?.outcome !== 'refused' || wantsCredentials(upstream)) return undefined;
    const { status, why, proxy } = upstream;
    const said = proxy.scheme === 'socks5' ? why.replace(/^it answered /, '') : `${status} to CONNECT`;
    return {
      confidence: 0.97,
      evidence: upstreamEvidence(upstream),
      title: `${theProxy(upstream)} answered ${said}`,
      culprit: upstreamCulprit(upstream),
      fix: fixFor(proxy.scheme === 'socks5' ? null : status, target),
    };
  },
});

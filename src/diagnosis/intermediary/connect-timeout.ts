import { defineRule } from '../rule.js';
import { isGivenAtDoor, upstreamEvidence, upstreamName } from '../upstream-sights.js';

const unresolved = /^(ENOTFOUND|EAI_\w+|ENODATA|ESERVFAIL|ETIMEOUT)$/;

export const rule = defineRule({
  code: 'intermediary.connect-timeout',
  cause: 'intermediary',
  severity: 'error',
  title: 'The upstream proxy cannot be reached, or does not answer',
  question: 'Could the upstream proxy itself not be dialled, or did its answer to CONNECT not come?',
  remedy:
    'Start the upstream proxy, or correct its host and port. When it takes the connection and stays silent, it hangs, or waits for a server that does not answer.',
  fixes: [
    {
      for: 'the upstream proxy',
      text: 'See whether it answers CONNECT from this machine.',
      config: 'curl -v --proxy http://proxy.example:3128 https://app.example/',
    },
    {
      for: 'shakedown',
      text: 'Correct the URL of the upstream proxy.',
      config: 'shakedown start --upstream-proxy http://proxy.example:3128',
    },
  ],
  rfc: 'RFC 9110 9.3.6',
  examine: ({ upstream, dialFailure }) => {
    if (!upstream) return undefined;
    const name = upstreamName(upstream);
    if (upstream.outcome === 'timeout') {
      return {
        confidence: 0.93,
        evidence: upstreamEvidence(upstream),
        title: `No answer from ${name}: ${upstream.why}`,
        culprit: isGivenAtDoor(upstream) ? null : name,
      };
    }
    if (!dialFailure || dialFailure.code === 'SHK_LOOP') return undefined;
    const { code, message, attempts } = dialFailure;
    const tried = attempts.map(({ address, code: error, ms }) => ({
      leg: 'server' as const,
      what: 'connect' as const,
      text: `${address}: ${error} after ${ms.toFixed(1)} ms`,
    }));
    const title = unresolved.test(code)
      ? `The name of ${name} does not resolve`
      : code === 'ECONNREFUSED'
        ? `Nothing listens where ${name} should be`
        : `${name.replace(/^t/, 'T')} cannot be reached: ${code}`;
    return {
      confidence: 0.97,
      evidence: [{ leg: 'server', what: 'connect', text: `${code}: ${message}` }, ...tried],
      title,
      culprit: name,
    };
  },
});

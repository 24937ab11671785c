import { defineRule } from '../rule.js';
import { dialFailureOf } from '../sights.js';

const wrongName = ['ENOTFOUND', 'EAI_NONAME', 'EAI_NODATA', 'ENODATA'];
const noResolver = ['EAI_AGAIN', 'EAI_FAIL', 'ESERVFAIL', 'ETIMEOUT'];

export const rule = defineRule({
  code: 'url.dns',
  cause: 'url',
  severity: 'error',
  title: 'The host name does not resolve',
  question: 'Did the resolver say that the name does not exist, or not answer at all?',
  remedy:
    'Correct the host in the URL, or make the name known where the proxy runs: in a container or a VPN it is another resolver that is asked.',
  fixes: [
    { for: 'the client', text: 'Check the spelling of the host in the URL, and that it is not an internal name used from outside.' },
    { for: 'Docker', text: 'Inside a container use the name of the service, or host.docker.internal for the machine itself.' },
    { for: 'the machine', text: 'Ask the resolver that this machine uses, and look into /etc/hosts.', config: 'getent hosts app.example' },
  ],
  rfc: 'RFC 6455 4.1',
  examine: (exchange) => {
    const dialFailure = dialFailureOf(exchange);
    if (!dialFailure) return undefined;
    const { code, message } = dialFailure;
    if (!wrongName.includes(code) && !noResolver.includes(code)) return undefined;
    const host = exchange.target?.host ?? 'the host';
    return {
      confidence: 0.98,
      evidence: [{ leg: 'server', what: 'connect', text: `${code}: ${message}` }],
      title: wrongName.includes(code)
        ? `The host name ${host} does not resolve`
        : `The resolver gave no answer for ${host}: it is the resolver that fails, not the name`,
    };
  },
});

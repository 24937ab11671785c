import { defineRule } from '../rule.js';
import { dialFailureOf, targetName } from '../sights.js';

const silent = ['ETIMEDOUT', 'ESOCKETTIMEDOUT', 'SHK_DIAL_TIMEOUT'];
const noRoute = ['EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN', 'EADDRNOTAVAIL', 'EACCES', 'EPERM'];
/** Names that do not resolve, refused ports, resets and loops have rules of their own. */
const toldElsewhere = /^(ENOTFOUND|EAI_\w+|ENODATA|ESERVFAIL|ETIMEOUT|ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|SHK_LOOP)$/;

export const rule = defineRule({
  code: 'url.unreachable',
  cause: 'url',
  severity: 'error',
  title: 'The server cannot be reached',
  question: 'Did the SYN stay without an answer, or did the network say that there is no way?',
  remedy:
    'Check the address, the route, the VPN and the firewall. When another port of the same host answers, it is a firewall that drops this one.',
  fixes: [
    {
      for: 'the network',
      text: 'Try another port of the same host: if that answers, a security group or firewall drops this port.',
      config: 'curl -v --connect-timeout 5 https://app.example/',
    },
    { for: 'the client', text: 'Check that the address is not a private one of another network, and that the VPN is up.' },
  ],
  rfc: 'RFC 6455 4.1',
  examine: (exchange) => {
    const failure = dialFailureOf(exchange);
    if (!failure || toldElsewhere.test(failure.code)) return undefined;
    const target = targetName(exchange);
    const isSilent = silent.includes(failure.code);
    const known = isSilent || noRoute.includes(failure.code);
    if (failure.code === 'SHK_PRIVATE') {
      return {
        confidence: 0.98,
        evidence: [{ leg: 'server', what: 'connect', text: exchange.refusal?.text ?? failure.message }],
        title: `shakedown does not lead other machines to ${target}`,
      };
    }
    const unknownTitle = `shakedown could not connect to ${target}: ${failure.code || failure.message}`;
    return {
      confidence: known ? 0.93 : 0.6,
      evidence: [{ leg: 'server', what: 'connect', text: `${failure.code}: ${failure.message}` }],
      title: isSilent ? `${target} does not answer at all` : known ? `There is no way to ${target}` : unknownTitle,
    };
  },
});

import { defineRule } from '../rule.js';
import { targetName } from '../sights.js';

const silent = ['ETIMEDOUT', 'SHK_DIAL_TIMEOUT'];
const noRoute = ['EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN', 'EADDRNOTAVAIL', 'EACCES', 'EPERM'];

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
    const { dialFailure } = exchange;
    if (!dialFailure || ![...silent, ...noRoute].includes(dialFailure.code)) return undefined;
    return {
      confidence: noRoute.includes(dialFailure.code) ? 0.95 : 0.9,
      evidence: [{ leg: 'server', what: 'connect', text: `${dialFailure.code}: ${dialFailure.message}` }],
      title: silent.includes(dialFailure.code)
        ? `${targetName(exchange)} does not answer at all`
        : `There is no way to ${targetName(exchange)}`,
    };
  },
});

import { defineFault } from '../fault.js';

const words: Readonly<Record<string, string>> = {
  ENOTFOUND: 'getaddrinfo ENOTFOUND',
  EAI_AGAIN: 'getaddrinfo EAI_AGAIN',
  ECONNREFUSED: 'connect ECONNREFUSED',
  ETIMEDOUT: 'connect ETIMEDOUT',
  EHOSTUNREACH: 'connect EHOSTUNREACH',
  ENETUNREACH: 'connect ENETUNREACH',
};

export const fault = defineFault({
  id: 'dial-error',
  stage: 'dial',
  leg: 'server',
  title: 'The server cannot be reached',
  about:
    'The server leg fails as if the operating system had said so: the name does not resolve, nothing listens, no packet comes back. No connection is made. The client gets what it gets from this proxy for a server that is not there: 502, or a SOCKS reply.',
  imitates: 'A wrong host name or port in the URL, a server that is down, a firewall that drops packets (ETIMEDOUT), a VPN that is off.',
  params: {
    code: {
      type: 'string',
      default: 'ECONNREFUSED',
      choices: ['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'],
      about: 'What the operating system would say.',
    },
    ms: { type: 'number', default: 0, min: 0, max: 3_600_000, about: 'How long it takes to say so, milliseconds.' },
  },
  example: 'dial-error:code=ENOTFOUND',
  expects: ['url.dns', 'url.refused', 'url.unreachable'],
  effects: [
    { client: 'ws (Node, https-proxy-agent)', sees: 'Unexpected server response: 502.' },
    { client: 'curl 7.88', sees: 'curl: (56) CONNECT tunnel failed, response 502.' },
    { client: 'Chromium', sees: 'Console: Establishing a tunnel via proxy server failed; close 1006.' },
    { client: 'Python http.client', sees: 'OSError: Tunnel connection failed: 502 Bad Gateway.' },
    { client: 'Python aiohttp', sees: "ClientHttpProxyError: 502, message='Bad Gateway'." },
  ],
  rows: ['url.dns-nxdomain', 'url.refuse', 'url.blackhole'],
  apply: ({ host, port }, { code, ms }) => ({ failure: { code, message: `${words[code] ?? code} ${host}:${port}` }, holdMs: ms }),
});

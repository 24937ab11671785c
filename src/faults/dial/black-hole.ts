import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'black-hole',
  stage: 'dial',
  leg: 'server',
  title: 'The server swallows every packet',
  about:
    'The connection to the server neither comes about nor fails, until the client gives up: no 502, no SOCKS reply, nothing. On record it is a dial that timed out. A failure that is told after a time is `dial-error:code=ETIMEDOUT`.',
  imitates: 'A firewall or security group that drops the SYN, an address of a network that is not there, a VPN that is half up.',
  params: {},
  example: 'black-hole',
  expects: ['url.unreachable'],
  effects: [
    { client: 'ws (Node)', sees: 'Nothing, unless handshakeTimeout is set.' },
    { client: 'curl 7.88', sees: 'curl: (28) Connection timed out, at --max-time or --connect-timeout.' },
    { client: 'Chromium', sees: 'Stays in CONNECTING, without a word for 5 s at least.' },
    { client: 'Python http.client, aiohttp', sees: 'TimeoutError, where a timeout is set.' },
  ],
  rows: ['url.blackhole'],
  apply: ({ host, port }) => ({
    holdMs: Number.POSITIVE_INFINITY,
    failure: { code: 'ETIMEDOUT', message: `connect ETIMEDOUT ${host}:${port}` },
  }),
});

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
  effects: [],
  rows: ['url.blackhole'],
  apply: ({ host, port }) => ({
    holdMs: Number.POSITIVE_INFINITY,
    failure: { code: 'ETIMEDOUT', message: `connect ETIMEDOUT ${host}:${port}` },
  }),
});

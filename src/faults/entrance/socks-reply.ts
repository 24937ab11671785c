import { socks4Reply, socks5Reply } from '../../wire/socks.js';
import { defineFault } from '../fault.js';

/** RFC 1928 section 6, from 1 on. */
const names = [
  'general-failure',
  'not-allowed',
  'network-unreachable',
  'host-unreachable',
  'connection-refused',
  'ttl-expired',
  'command-not-supported',
  'address-type-not-supported',
] as const;

export const fault = defineFault({
  id: 'socks-reply',
  stage: 'entrance',
  leg: 'client',
  only: 'socks',
  title: 'The SOCKS proxy says no',
  about:
    'The SOCKS request is answered with this reply (RFC 1928 section 6), and the connection ends. The server is never dialled. SOCKS4 has one reply for them all, 5b (request rejected or failed).',
  imitates: 'A SOCKS proxy whose rules forbid the host, that cannot reach it, or that knows no IPv6 or no host names.',
  params: { reply: { type: 'string', default: 'connection-refused', choices: names, about: 'Which one, in the words of RFC 1928.' } },
  example: 'socks-reply:reply=not-allowed',
  expects: ['intermediary.connect-refused'],
  effects: [
    {
      client: 'curl 7.88',
      sees: "curl: (97) Can't complete SOCKS5 connection to localhost. (2), with the number of the reply; SOCKS4: (91), request rejected or failed.",
    },
    { client: 'Chromium', sees: 'net::ERR_SOCKS_CONNECTION_FAILED, whatever was said; close 1006.' },
  ],
  rows: ['hop.connect-deny'],
  apply: ({ entrance }, { reply }) => {
    const bytes = entrance === 'socks5' ? socks5Reply(names.indexOf(reply) + 1) : socks4Reply(false);
    return { raw: Buffer.from(bytes).toString('latin1'), end: 'fin' };
  },
});

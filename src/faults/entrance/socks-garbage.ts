import { endingHows } from '../changes.js';
import { defineFault } from '../fault.js';

const words = {
  http: 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n',
  ssh: 'SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n',
  'tls-alert': '\x15\x03\x03\x00\x02\x02\x46',
  'wrong-version': '\x04\x00\x00\x01\x00\x00\x00\x00\x00\x00',
  'wrong-address-type': '\x05\x00\x00\x09\x00\x00\x00\x00\x00\x00',
} as const;
const kinds = Object.keys(words) as (keyof typeof words)[];

export const fault = defineFault({
  id: 'socks-garbage',
  stage: 'entrance',
  leg: 'client',
  only: 'socks',
  title: 'SOCKS is answered with something that is no SOCKS',
  about:
    'The greeting goes well, and the request is answered with the words of another service, or with a reply whose version or type of address does not exist. Then an end. The server is never dialled.',
  imitates: 'A proxy setting with the wrong kind (an HTTP proxy that is asked in SOCKS), a proxy that mixes up SOCKS4 and SOCKS5.',
  params: {
    kind: { type: 'string', default: 'http', choices: kinds, about: 'Whose words.' },
    end: { type: 'string', default: 'fin', choices: endingHows, about: 'What follows.' },
  },
  example: 'socks-garbage:kind=http',
  expects: ['intermediary.connect-malformed'],
  effects: [
    { client: 'curl 7.88', sees: 'curl: (97) SOCKS5 reply has wrong version, version should be 5; SOCKS5 reply has wrong address type.' },
    { client: 'Chromium', sees: 'net::ERR_SOCKS_CONNECTION_FAILED, whatever was said; close 1006.' },
  ],
  rows: ['hop.connect-garbage'],
  apply: (_, { kind, end }) => ({ raw: words[kind], end }),
});

import { endingHows } from '../changes.js';
import { defineFault } from '../fault.js';

/** What some other service says to bytes that it does not know, or says before any. */
const words = {
  ssh: 'SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n',
  smtp: '220 mail.example ESMTP ready\r\n',
  'tls-alert': '\x15\x03\x03\x00\x02\x02\x46',
  socks: '\x05\xff',
  'http2-settings': '\x00\x00\x00\x04\x00\x00\x00\x00\x00',
  html: '<html><body>It works!</body></html>\n',
  'http-0.9': 'Connection established\r\n\r\n',
} as const;
const kinds = Object.keys(words) as (keyof typeof words)[];

export const fault = defineFault({
  id: 'connect-garbage',
  stage: 'entrance',
  leg: 'client',
  only: 'connect',
  title: 'CONNECT is answered with something that is no HTTP',
  about: 'In place of a status line the client gets the words of another service, and an end. The server is never dialled.',
  imitates:
    'A proxy setting with the wrong port or the wrong kind: an SSH or mail server, a SOCKS proxy, a proxy that speaks TLS itself (https), a page without a head.',
  params: {
    kind: { type: 'string', default: 'ssh', choices: kinds, about: 'Whose words.' },
    end: { type: 'string', default: 'fin', choices: endingHows, about: 'What follows.' },
  },
  example: 'connect-garbage:kind=ssh',
  expects: ['intermediary.connect-malformed'],
  effects: [
    {
      client: 'ws (Node, https-proxy-agent)',
      sees: 'Proxy connection ended before receiving CONNECT response; Parse Error: Expected HTTP/, RTSP/ or ICE/ where an empty line comes (`kind=http-0.9`).',
    },
    { client: 'curl 7.88', sees: 'curl: (56) Proxy CONNECT aborted; with `kind=http-0.9` CONNECT tunnel failed, response 0.' },
    { client: 'Chromium', sees: 'net::ERR_INVALID_HTTP_RESPONSE; for a few bytes only (`kind=tls-alert`) ERR_RESPONSE_HEADERS_TRUNCATED.' },
    { client: 'Python http.client', sees: 'BadStatusLine with what came.' },
    { client: 'Python aiohttp', sees: "ClientResponseError: 400, message='Expected HTTP/'." },
  ],
  rows: ['hop.connect-garbage'],
  apply: (_, { kind, end }) => ({ raw: words[kind], end }),
});

import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'plain-to-tls',
  stage: 'server-tls',
  leg: 'server',
  only: 'tls',
  title: 'Plain HTTP is spoken to a port that speaks TLS',
  about:
    "The client's own TLS ends here, and its handshake goes to the server in the clear. The server answers with a TLS alert, with a 400 that speaks of an HTTPS port, or hangs up; the client gets just that inside its TLS.",
  imitates: 'ws:// to port 443, a proxy_pass http:// to a server that speaks https, a forgotten `ssl` in a backend.',
  params: {},
  example: 'plain-to-tls',
  expects: ['url.scheme-mismatch-plain-to-tls', 'server.empty-reply'],
  effects: [
    { client: 'ws (Node)', sees: 'socket hang up, from a server of Node, which just closes.' },
    { client: 'curl 7.88', sees: 'curl: (52) Empty reply from server.' },
    { client: 'Chromium', sees: 'Console: Connection closed before receiving a handshake response; close 1006.' },
    { client: 'Python aiohttp', sees: 'ServerDisconnectedError: Server disconnected.' },
  ],
  rows: ['url.plain-to-tls'],
  apply: ({ secure }) => (secure ? { secure: false } : undefined),
});

import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'tls-to-plain',
  stage: 'server-tls',
  leg: 'server',
  title: 'TLS is spoken to a port that speaks plain HTTP',
  about:
    'The client speaks ws:// or http://, and the server leg begins with a ClientHello all the same. A server without TLS answers it with a 400, or hangs up; the client gets a 502 that says so. A server with TLS on that port serves the client in it.',
  imitates:
    'wss:// to the port of a development server, a proxy_pass https:// to an app that speaks http, TLS that was terminated once too often.',
  params: {},
  example: 'tls-to-plain',
  expects: ['url.scheme-mismatch-tls-to-plain', 'tls.handshake-eof', 'tls.handshake-timeout'],
  effects: [
    { client: 'ws (Node)', sees: 'Unexpected server response: 502, whose body tells of the TLS handshake.' },
    { client: 'Chromium', sees: 'Console: Error during WebSocket handshake: Unexpected response code: 502; close 1006.' },
  ],
  rows: ['url.tls-to-plain'],
  apply: ({ secure }) => (secure ? undefined : { secure: true }),
});

import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'alpn-h2-only',
  stage: 'client-tls',
  leg: 'client',
  only: 'tls',
  title: 'The server speaks HTTP/2 only',
  about:
    'By ALPN the server takes h2 and nothing else. A client that offers http/1.1 only, as browsers do for a WebSocket, gets alert 120; one that offers h2 gets HTTP/2; one that offers nothing is met with HTTP/2 SETTINGS.',
  imitates: 'A load balancer or gRPC listener with h2 alone in its ALPN list, `http2.createSecureServer` without allowHTTP1.',
  params: {},
  example: 'alpn-h2-only',
  expects: ['tls.alpn-h2-only'],
  effects: [
    { client: 'Chromium', sees: 'net::ERR_SSL_PROTOCOL_ERROR.' },
    { client: 'curl --http1.1', sees: 'Exit code 35, tlsv1 alert no application protocol.' },
    {
      client: 'Node (ws)',
      sees: 'Parse Error: Expected HTTP/, RTSP/ or ICE/: it offers nothing through https-proxy-agent, and gets SETTINGS.',
    },
  ],
  rows: ['hop.h2-no-ec'],
  apply: () => ({ alpn: 'h2' }),
});

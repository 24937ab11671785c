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
    { client: 'Firefox', sees: 'Opens: it offers h2 for a WebSocket too, and takes HTTP/2 with extended CONNECT.' },
    { client: 'Python websockets', sees: 'InvalidMessage: did not receive a valid HTTP response.' },
    { client: 'Go (gorilla)', sees: 'malformed HTTP response, with the SETTINGS frame.' },
    { client: 'curl --http1.1', sees: 'Exit code 35, tlsv1 alert no application protocol.' },
    {
      client: 'Node (ws)',
      sees: 'Parse Error: Expected HTTP/, RTSP/ or ICE/: it offers nothing through https-proxy-agent, and gets SETTINGS.',
    },
  ],
  refusedBy: {
    node: 'Parse Error',
    curl: '35 no application protocol',
    python: 'did not receive a valid HTTP response',
    go: 'malformed HTTP response',
    java: 'EOF reached while reading',
    chromium: 'ERR_SSL_PROTOCOL_ERROR',
    firefox: null,
  },
  rows: ['hop.h2-no-ec'],
  apply: () => ({ alpn: 'h2' }),
});

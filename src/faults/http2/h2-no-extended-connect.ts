import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'h2-no-extended-connect',
  stage: 'http2',
  leg: 'client',
  only: 'h2',
  title: 'The server does not say that it takes WebSockets over HTTP/2',
  about:
    'The setting ENABLE_CONNECT_PROTOCOL (RFC 8441 section 3) is taken out of the SETTINGS that the client gets. A client that keeps to the RFC then opens a second connection with http/1.1 for its WebSocket.',
  imitates: 'Upstreams of nginx, Cloudflare to the origin, and most load balancers, which speak HTTP/2 and know no WebSockets there.',
  params: {},
  example: 'h2-no-extended-connect',
  expects: [],
  rows: ['hop.h2-no-ec'],
  effects: [{ client: 'Chromium and Firefox', sees: 'Nothing; they open another connection, with http/1.1, for the WebSocket.' }],
  apply: ({ event }) => (event === 'settings' ? { withoutExtendedConnect: true } : undefined),
});

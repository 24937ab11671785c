import { defineFault, noneRefuses } from '../fault.js';

export const fault = defineFault({
  id: 'no-alpn',
  stage: 'client-tls',
  leg: 'client',
  only: 'tls',
  title: 'The server agrees on no protocol by ALPN',
  about:
    'The protocols that the client offers (RFC 7301) are left without an answer, as by a server that does not know ALPN. Clients fall back on HTTP/1.1; only those that need HTTP/2 fail. A client that offers none is left alone.',
  imitates: 'An old load balancer, stunnel, a TLS library without ALPN.',
  params: {},
  example: 'no-alpn',
  expects: [],
  effects: [
    { client: 'every WebSocket client', sees: 'Nothing: HTTP/1.1 is the default.' },
    { client: 'gRPC and other clients that need h2', sees: 'missing selected ALPN property, or the like.' },
  ],
  refusedBy: noneRefuses,
  apply: ({ alpn }) => (alpn.length === 0 ? undefined : { alpn: null }),
});

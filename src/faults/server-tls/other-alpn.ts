import { defineFault } from '../fault.js';

const offers: Readonly<Record<string, readonly string[]>> = { h2: ['h2'], none: [], 'http/1.0': ['http/1.0'], 'http/1.1': ['http/1.1'] };

export const fault = defineFault({
  id: 'other-alpn',
  stage: 'server-tls',
  leg: 'server',
  only: 'tls',
  title: 'The server is offered other protocols than the client offers',
  about:
    'The ClientHello on the server leg offers these application protocols (ALPN, RFC 7301) in place of those that are due. A server that shares none refuses with the alert no_application_protocol, which is passed on to the client, or goes on without. Where it chooses HTTP/2 and the client does not speak it, the handshake is carried over into RFC 8441.',
  imitates:
    'A client that offers h2 only, an inspecting proxy that drops or rewrites ALPN, a load balancer that wants it and a client without.',
  params: { offer: { type: 'string', default: 'h2', choices: Object.keys(offers) as [string, ...string[]], about: 'What is offered.' } },
  example: 'other-alpn:offer=h2',
  expects: ['tls.alpn-h2-only', 'tls.handshake-eof', 'intermediary.h2-no-extended-connect'],
  effects: [
    { client: 'ws (Node)', sees: 'write EPROTO ... tlsv1 alert no application protocol ... SSL alert number 120.' },
    { client: 'curl 7.88', sees: 'curl: (35) OpenSSL: error:0A000460: tlsv1 alert no application protocol.' },
    { client: 'Chromium', sees: 'net::ERR_SSL_PROTOCOL_ERROR, close 1006.' },
    { client: 'Python http.client, aiohttp', sees: 'SSLError: tlsv1 alert no application protocol.' },
    { client: 'all of them', sees: 'Nothing with `offer=none`, and where the server has no ALPN.' },
  ],
  apply: ({ secure, alpn: due }, { offer }) => {
    const alpn = offers[offer] ?? [];
    return secure && alpn.join() !== due.join() ? { alpn } : undefined;
  },
});

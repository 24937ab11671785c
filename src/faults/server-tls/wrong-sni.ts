import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'wrong-sni',
  stage: 'server-tls',
  leg: 'server',
  only: 'tls',
  title: 'The server is asked for another name, or for none',
  about:
    "The ClientHello on the server leg carries another server name (RFC 6066 section 3) than the client's, or none. The server shows the certificate of another site, its default one, or refuses; what it shows is shown to the client.",
  imitates: 'An old TLS library without SNI, a proxy that connects by address, a URL with an address in place of a name.',
  params: {
    name: { type: 'string', default: '', about: 'The name that is sent; none when empty.' },
  },
  example: 'wrong-sni',
  expects: ['tls.sni-rejected', 'certificate.name-mismatch'],
  effects: [
    {
      client: 'every client that verifies',
      sees: 'A certificate for another name, or a refused TLS handshake; nothing where the server has one site.',
    },
  ],
  rows: ['tls.no-sni'],
  apply: ({ secure, sni }, { name }) => (secure && sni !== (name || null) ? { sni: name === '' ? null : name } : undefined),
});

import { defineFault } from '../fault.js';

const alert112 = String.fromCharCode(0x15, 3, 3, 0, 2, 2, 112);

export const fault = defineFault({
  id: 'unknown-sni',
  stage: 'client-tls',
  leg: 'client',
  only: 'tls',
  title: 'The server knows no site of the name that was asked for',
  about:
    'The name in the ClientHello (SNI, RFC 6066 section 3) is refused: with alert 112, by an end without a word, or by the certificate of the default site. A client that sends no name is left alone.',
  imitates: 'A virtual host that is missing in the configuration, a CDN that does not serve the domain yet, an ingress without the host.',
  params: {
    how: { type: 'string', default: 'alert', choices: ['alert', 'fin', 'reset', 'default-site'], about: 'What the client gets.' },
  },
  example: 'unknown-sni',
  expects: ['tls.sni-rejected', 'tls.handshake-eof', 'certificate.name-mismatch'],
  effects: [
    {
      client: 'Node (ws)',
      sees: 'tlsv1 unrecognized name; Client network socket disconnected before secure TLS connection was established with `fin`.',
    },
    { client: 'Chromium', sees: 'net::ERR_SSL_UNRECOGNIZED_NAME_ALERT; net::ERR_CONNECTION_CLOSED with `fin`.' },
    { client: 'Go (gorilla)', sees: 'remote error: tls: unrecognized name; EOF with `fin`.' },
  ],
  refusedBy: {
    node: 'unrecognized name',
    curl: '35 unrecognized name',
    python: 'unrecognized name',
    go: 'unrecognized name',
    java: 'unrecognized_name',
    chromium: 'ERR_SSL_UNRECOGNIZED_NAME_ALERT',
    firefox: 'refused',
  },
  rows: ['tls.sni-drop'],
  apply: ({ sni }, { how }) => {
    if (sni === null) return undefined;
    if (how === 'default-site') return { recipe: 'wrong-host' };
    return { instead: how === 'alert' ? { bytes: alert112, end: 'fin' } : { bytes: '', end: how } };
  },
});

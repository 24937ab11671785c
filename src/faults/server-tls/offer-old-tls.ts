import { defineFault } from '../fault.js';

export const fault = defineFault({
  id: 'offer-old-tls',
  stage: 'server-tls',
  leg: 'server',
  only: 'tls',
  title: 'The server is offered an old TLS only',
  about:
    'The ClientHello on the server leg offers this one version of TLS. Servers of today refuse 1.0 and 1.1 with the alert protocol_version, which is passed on to the client; those that still take them serve it. It changes what the server is offered; `old-tls-only` changes what the client finds.',
  imitates: 'Java 7, OpenSSL 1.0, an embedded device or an inspecting firewall of those years between app and server.',
  params: { version: { type: 'string', default: '1.1', choices: ['1.0', '1.1', '1.2'], about: 'The version.' } },
  example: 'offer-old-tls:version=1.1',
  expects: ['tls.version', 'tls.handshake-eof'],
  effects: [
    { client: 'ws (Node)', sees: 'write EPROTO ... tlsv1 alert protocol version ... SSL alert number 70.' },
    { client: 'curl 7.88', sees: 'curl: (35) OpenSSL: error:0A00042E: tlsv1 alert protocol version.' },
    { client: 'Chromium', sees: 'net::ERR_SSL_VERSION_OR_CIPHER_MISMATCH, close 1006.' },
    { client: 'Python http.client, aiohttp', sees: 'SSLError: TLSV1_ALERT_PROTOCOL_VERSION.' },
  ],
  // OpenSSL 3 takes the signatures of TLS 1.0 and 1.1 at security level 0 only.
  apply: ({ secure }, { version }) =>
    secure ? { min: version, max: version, ...(version !== '1.2' && { ciphers: 'DEFAULT@SECLEVEL=0' }) } : undefined,
});

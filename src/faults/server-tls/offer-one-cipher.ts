import { defineFault } from '../fault.js';

const suites = [
  'AES128-SHA',
  'AES256-SHA256',
  'AES128-GCM-SHA256',
  'DHE-RSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES128-SHA',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-RSA-CHACHA20-POLY1305',
  'ECDHE-ECDSA-AES128-SHA',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'TLS_AES_128_CCM_SHA256',
] as const;

export const fault = defineFault({
  id: 'offer-one-cipher',
  stage: 'server-tls',
  leg: 'server',
  only: 'tls',
  title: 'The server is offered one cipher suite only',
  about:
    'The ClientHello on the server leg offers this one suite, and the one version of TLS that has it. A server that does not take it refuses with the alert handshake_failure, which is passed on to the client. It changes what the server is offered; `odd-cipher-only` changes what the client finds.',
  imitates:
    'A hardened client and an old server, or the reverse; a suite for RSA keys (ECDHE-RSA) and a server with an ECDSA certificate only.',
  params: { suite: { type: 'string', default: 'AES128-SHA', choices: suites, about: 'The suite, as OpenSSL calls it.' } },
  example: 'offer-one-cipher:suite=AES128-SHA',
  expects: ['tls.cipher', 'tls.handshake-eof'],
  effects: [
    { client: 'ws (Node)', sees: 'write EPROTO ... sslv3 alert handshake failure ... SSL alert number 40.' },
    { client: 'curl 7.88', sees: 'curl: (35) OpenSSL: error:0A000410: sslv3 alert handshake failure.' },
    { client: 'Chromium', sees: 'net::ERR_SSL_VERSION_OR_CIPHER_MISMATCH, close 1006.' },
    { client: 'Python http.client, aiohttp', sees: 'SSLError: SSLV3_ALERT_HANDSHAKE_FAILURE.' },
  ],
  apply: ({ secure }, { suite }) => {
    if (!secure) return undefined;
    return suite.startsWith('TLS_') ? { ciphers: suite, min: '1.3' } : { ciphers: suite, min: '1.2', max: '1.2' };
  },
});

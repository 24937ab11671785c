import { defineFault, noneRefuses } from '../fault.js';

/** Certificate and OpenSSL list of each; all of them end at TLS 1.2. */
const suites = {
  'rsa-cbc': { recipe: 'rsa', ciphers: 'AES128-SHA' },
  'rsa-gcm': { recipe: 'rsa', ciphers: 'AES128-GCM-SHA256' },
  'ecdhe-cbc': { recipe: 'good', ciphers: 'ECDHE-ECDSA-AES128-SHA' },
  'ecdhe-cbc-sha256': { recipe: 'good', ciphers: 'ECDHE-ECDSA-AES128-SHA256' },
  camellia: { recipe: 'good', ciphers: 'ECDHE-ECDSA-CAMELLIA128-SHA256' },
  ccm8: { recipe: 'good', ciphers: 'ECDHE-ECDSA-AES128-CCM8' },
  null: { recipe: 'good', ciphers: 'ECDHE-ECDSA-NULL-SHA:@SECLEVEL=0' },
} as const;

export const fault = defineFault({
  id: 'odd-cipher-only',
  stage: 'client-tls',
  leg: 'client',
  only: 'tls',
  title: 'The server has one cipher suite, and an unusual one',
  about:
    'The handshake is held to TLS 1.2 and a single cipher suite that many clients no longer offer. A client that does not offer it shares none with us: alert 40. It changes what the client finds; `offer-one-cipher` changes what the server is offered.',
  imitates: 'An appliance with a frozen list of suites, a hand-written `ssl_ciphers` line, a FIPS or regional policy.',
  params: {
    suite: {
      type: 'string',
      default: 'rsa-cbc',
      choices: ['rsa-cbc', 'rsa-gcm', 'ecdhe-cbc', 'ecdhe-cbc-sha256', 'camellia', 'ccm8', 'null'],
      about: 'Which one: `rsa-` is RSA key exchange without forward secrecy, `-cbc` AES in CBC mode, `null` no encryption at all.',
    },
  },
  example: 'odd-cipher-only:suite=rsa-cbc',
  expects: ['tls.cipher'],
  effects: [
    {
      client: 'Node (ws), undici, faye-websocket',
      sees: 'Opens with rsa-cbc and ecdhe-cbc; handshake failure (alert 40) with camellia and null.',
    },
    { client: 'Chromium', sees: 'net::ERR_SSL_VERSION_OR_CIPHER_MISMATCH with rsa-cbc.' },
  ],
  refusedBy: noneRefuses,
  rows: ['tls.cipher'],
  apply: (_, { suite }) => ({ ...suites[suite], max: '1.2' }),
});

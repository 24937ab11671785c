import type { Scene } from '../support/scene.js';

/** By id of the fault: where it does not show itself in the usual scene. */
export const clientTls: Readonly<Record<string, Scene>> = {
  // Node offers RSA key exchange and CBC, which browsers do not.
  'odd-cipher-only': { choice: 'odd-cipher-only:suite=camellia' },
  'new-tls-only': { client: { tls: { maxVersion: 'TLSv1.2' } } },
  // ws offers no protocol by ALPN through https-proxy-agent.
  'alpn-h2-only': { client: { tls: { ALPNProtocols: ['http/1.1'] } } },
  'no-alpn': { client: { tls: { ALPNProtocols: ['http/1.1'] } } },
  // ... and speaks HTTP/1.1 whatever was chosen, as the server behind it does.
  'wrong-alpn': { client: { tls: { ALPNProtocols: ['h2', 'http/1.1'] } }, expects: [] },
};

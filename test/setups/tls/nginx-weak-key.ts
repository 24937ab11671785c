import type { Setup } from '../setup.js';
import { openPki } from './pki.js';
import { startTlsNginx } from './support.js';

export const setup: Setup = {
  id: 'tls-nginx-weak-key',
  title: 'nginx with an RSA key of 1024 bits: Node, browsers and Go take it, OpenSSL at level 2 does not',
  needs: ['nginx', 'openssl'],
  cause: null,
  codes: [],
  start: async (grounds) => {
    const pki = openPki(grounds);
    const site = pki.issue({ rsaBits: 1024 });
    const port = await startTlsNginx(grounds, { cert: site.fullChain, key: site.key, more: 'ssl_ciphers DEFAULT:@SECLEVEL=0;' });
    return { url: `wss://localhost:${port}/chat`, ca: pki.root };
  },
};

import type { Setup } from '../setup.js';
import { openPki } from './pki.js';
import { startTlsNginx } from './support.js';

export const setup: Setup = {
  id: 'tls-nginx-healthy',
  title: 'nginx with the full chain of a private CA that the client was given',
  needs: ['nginx', 'openssl'],
  cause: null,
  codes: [],
  start: async (grounds) => {
    const pki = openPki(grounds);
    const site = pki.issue({ by: 'intermediate' });
    const port = await startTlsNginx(grounds, { cert: site.fullChain, key: site.key });
    return { url: `wss://localhost:${port}/chat`, ca: pki.root };
  },
};

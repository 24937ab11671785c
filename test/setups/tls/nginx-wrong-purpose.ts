import type { Setup } from '../setup.js';
import { openPki } from './pki.js';
import { startTlsNginx } from './support.js';

export const setup: Setup = {
  id: 'tls-nginx-wrong-purpose',
  title: 'nginx with a certificate that is for clients only',
  needs: ['nginx', 'openssl'],
  cause: 'certificate',
  codes: ['certificate.wrong-purpose'],
  start: async (grounds) => {
    const pki = openPki(grounds);
    const site = pki.issue({ purpose: 'clientAuth' });
    const port = await startTlsNginx(grounds, { cert: site.fullChain, key: site.key });
    return { url: `wss://localhost:${port}/chat`, ca: pki.root };
  },
};

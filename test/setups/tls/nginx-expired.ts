import type { Setup } from '../setup.js';
import { openPki } from './pki.js';
import { startTlsNginx } from './support.js';

export const setup: Setup = {
  id: 'tls-nginx-expired',
  title: 'nginx with a certificate that expired last week',
  needs: ['nginx', 'openssl'],
  cause: 'certificate',
  codes: ['certificate.expired'],
  start: async (grounds) => {
    const pki = openPki(grounds);
    const site = pki.issue({ days: [-97, -7] });
    const port = await startTlsNginx(grounds, { cert: site.fullChain, key: site.key });
    return { url: `wss://localhost:${port}/chat`, ca: pki.root };
  },
};

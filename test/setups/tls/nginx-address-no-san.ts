import type { Setup } from '../setup.js';
import { openPki } from './pki.js';
import { startTlsNginx } from './support.js';

export const setup: Setup = {
  id: 'tls-nginx-address-no-san',
  title: 'nginx with a certificate whose only name is a common name, and that an address',
  needs: ['nginx', 'openssl'],
  cause: 'certificate',
  codes: ['certificate.no-san', 'certificate.name-mismatch'],
  start: async (grounds) => {
    const pki = openPki(grounds);
    const site = pki.issue({ subject: '/CN=127.0.0.1', san: null });
    const port = await startTlsNginx(grounds, { cert: site.fullChain, key: site.key });
    return { url: `wss://127.0.0.1:${port}/chat`, ca: pki.root };
  },
};

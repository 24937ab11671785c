import type { Setup } from '../setup.js';
import { openPki } from './pki.js';
import { startTlsNginx } from './support.js';

export const setup: Setup = {
  id: 'tls-nginx-address-as-dns',
  title: 'nginx with a certificate that lists its address as a DNS name',
  needs: ['nginx', 'openssl'],
  cause: 'certificate',
  codes: ['certificate.name-mismatch'],
  start: async (grounds) => {
    const pki = openPki(grounds);
    const site = pki.issue({ san: 'DNS:127.0.0.1,DNS:localhost' });
    const port = await startTlsNginx(grounds, { cert: site.fullChain, key: site.key });
    return { url: `wss://127.0.0.1:${port}/chat`, ca: pki.root };
  },
  mended: async (grounds) => {
    const pki = openPki(grounds);
    const site = pki.issue({ san: 'IP:127.0.0.1,DNS:localhost' });
    const port = await startTlsNginx(grounds, { cert: site.fullChain, key: site.key });
    return { url: `wss://127.0.0.1:${port}/chat`, ca: pki.root };
  },
};

import type { Setup } from '../setup.js';
import { openPki } from './pki.js';
import { startTlsNginx } from './support.js';

export const setup: Setup = {
  id: 'tls-nginx-sni-other-vhost',
  title: 'nginx that answers a name it does not know with the certificate of its default site',
  needs: ['nginx', 'openssl'],
  cause: 'certificate',
  codes: ['certificate.name-mismatch'],
  start: async (grounds) => {
    const pki = openPki(grounds);
    const site = pki.issue({ subject: '/CN=shop.example', san: 'DNS:shop.example' });
    const port = await startTlsNginx(grounds, { cert: site.fullChain, key: site.key, serverName: 'shop.example' });
    return { url: `wss://localhost:${port}/chat`, ca: pki.root };
  },
};

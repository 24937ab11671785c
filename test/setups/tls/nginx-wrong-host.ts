import type { Setup } from '../setup.js';
import { openPki } from './pki.js';
import { startTlsNginx } from './support.js';

export const setup: Setup = {
  id: 'tls-nginx-wrong-host',
  title: 'nginx with the certificate of another name',
  needs: ['nginx', 'openssl'],
  cause: 'certificate',
  codes: ['certificate.name-mismatch'],
  start: async (grounds) => {
    const pki = openPki(grounds);
    const site = pki.issue({ subject: '/CN=app.example', san: 'DNS:app.example,DNS:www.app.example' });
    const port = await startTlsNginx(grounds, { cert: site.fullChain, key: site.key });
    return { url: `wss://localhost:${port}/chat`, ca: pki.root };
  },
};

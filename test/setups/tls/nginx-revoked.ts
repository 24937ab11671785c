import type { Setup } from '../setup.js';
import { openPki } from './pki.js';
import { startTlsNginx } from './support.js';

export const setup: Setup = {
  id: 'tls-nginx-revoked',
  title: 'nginx with a revoked certificate, and the answer of the CA that says so stapled to it',
  needs: ['nginx', 'openssl'],
  cause: 'certificate',
  codes: ['certificate.revoked'],
  start: async (grounds) => {
    const pki = openPki(grounds);
    const site = pki.issue();
    const more = `ssl_stapling on; ssl_stapling_file ${pki.revoke(site)};`;
    const port = await startTlsNginx(grounds, { cert: site.cert, key: site.key, more });
    return { url: `wss://localhost:${port}/chat`, ca: pki.root };
  },
};

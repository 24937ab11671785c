import type { Setup } from '../setup.js';
import { openPki } from './pki.js';
import { startTlsNginx } from './support.js';

export const setup: Setup = {
  id: 'tls-nginx-sha1',
  title: 'nginx with a certificate that is signed with SHA-1',
  needs: ['nginx', 'openssl'],
  cause: 'certificate',
  codes: ['certificate.weak-signature'],
  start: async (grounds) => {
    const pki = openPki(grounds);
    const site = pki.issue({ digest: 'sha1', rsaBits: 2048 });
    const port = await startTlsNginx(grounds, { cert: site.fullChain, key: site.key, more: 'ssl_ciphers DEFAULT:@SECLEVEL=0;' });
    return { url: `wss://localhost:${port}/chat`, ca: pki.root };
  },
};

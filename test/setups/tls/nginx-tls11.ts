import type { Setup } from '../setup.js';
import { openPki } from './pki.js';
import { startTlsNginx } from './support.js';

export const setup: Setup = {
  id: 'tls-nginx-tls11',
  title: 'nginx that speaks TLS 1.1 at most',
  needs: ['nginx', 'openssl'],
  cause: 'certificate',
  codes: ['tls.version'],
  start: async (grounds) => {
    const pki = openPki(grounds);
    const site = pki.issue({ rsaBits: 2048 });
    const port = await startTlsNginx(grounds, {
      cert: site.fullChain,
      key: site.key,
      more: 'ssl_protocols TLSv1 TLSv1.1; ssl_ciphers DEFAULT:@SECLEVEL=0;',
    });
    return { url: `wss://localhost:${port}/chat`, ca: pki.root };
  },
};

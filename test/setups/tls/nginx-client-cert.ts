import type { Setup } from '../setup.js';
import { openPki } from './pki.js';
import { startTlsNginx } from './support.js';

export const setup: Setup = {
  id: 'tls-nginx-client-cert',
  title: 'nginx that wants a client certificate and says so in a 400 page',
  needs: ['nginx', 'openssl'],
  cause: 'certificate',
  codes: ['certificate.client-cert-required'],
  start: async (grounds) => {
    const pki = openPki(grounds);
    const site = pki.issue({});
    const port = await startTlsNginx(grounds, {
      cert: site.fullChain,
      key: site.key,
      more: `ssl_client_certificate ${pki.root}; ssl_verify_client on;`,
    });
    return { url: `wss://localhost:${port}/chat`, ca: pki.root };
  },
};

import type { Setup } from '../setup.js';
import { openPki } from './pki.js';
import { startTlsNginx } from './support.js';

export const setup: Setup = {
  id: 'tls-nginx-client-cert-optional',
  title: 'nginx that asks for a client certificate, takes whoever has none, and says 403 to them',
  needs: ['nginx', 'openssl'],
  cause: 'certificate',
  codes: ['certificate.client-cert-required'],
  start: async (grounds) => {
    const pki = openPki(grounds);
    const site = pki.issue({});
    const port = await startTlsNginx(grounds, {
      cert: site.fullChain,
      key: site.key,
      more: `ssl_client_certificate ${pki.root}; ssl_verify_client optional; if ($ssl_client_verify != SUCCESS) { return 403; }`,
    });
    return { url: `wss://localhost:${port}/chat`, ca: pki.root };
  },
};

import type { Setup } from '../setup.js';
import { openPki } from './pki.js';
import { startTlsNginx } from './support.js';

export const setup: Setup = {
  id: 'tls-nginx-odd-cipher',
  title: 'nginx that offers only Camellia',
  needs: ['nginx', 'openssl'],
  cause: 'certificate',
  codes: ['tls.cipher'],
  start: async (grounds) => {
    const pki = openPki(grounds);
    const site = pki.issue({ rsaBits: 2048 });
    const port = await startTlsNginx(grounds, {
      cert: site.fullChain,
      key: site.key,
      more: 'ssl_protocols TLSv1.2; ssl_ciphers CAMELLIA256-SHA:CAMELLIA128-SHA;',
    });
    return { url: `wss://localhost:${port}/chat`, ca: pki.root };
  },
};

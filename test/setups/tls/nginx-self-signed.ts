import type { Setup } from '../setup.js';
import { openPki } from './pki.js';
import { startTlsNginx } from './support.js';

export const setup: Setup = {
  id: 'tls-nginx-self-signed',
  title: 'nginx with what openssl req -x509 makes',
  needs: ['nginx', 'openssl'],
  cause: 'certificate',
  codes: ['certificate.self-signed'],
  start: async (grounds) => {
    const pki = openPki(grounds);
    const site = pki.issue({ by: 'self', rsaBits: 2048, san: null });
    const port = await startTlsNginx(grounds, { cert: site.fullChain, key: site.key });
    return { url: `wss://localhost:${port}/chat` };
  },
};

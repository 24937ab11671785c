import type { Setup } from '../setup.js';
import { openPki } from './pki.js';
import { startTlsNginx } from './support.js';

export const setup: Setup = {
  id: 'tls-nginx-missing-intermediate-plain',
  title: 'nginx with the leaf alone of a CA whose root the client has, and that tells no address of the intermediate',
  needs: ['nginx', 'openssl'],
  cause: 'certificate',
  codes: ['certificate.incomplete-chain'],
  start: async (grounds) => {
    const pki = openPki(grounds);
    const site = pki.issue({ by: 'intermediate' });
    const port = await startTlsNginx(grounds, { cert: site.cert, key: site.key });
    return { url: `wss://localhost:${port}/chat`, ca: pki.root };
  },
};

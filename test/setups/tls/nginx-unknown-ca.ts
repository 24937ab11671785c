import type { Setup } from '../setup.js';
import { openPki } from './pki.js';
import { startTlsNginx } from './support.js';

export const setup: Setup = {
  id: 'tls-nginx-unknown-ca',
  title: 'nginx with a certificate of a private CA that the client was not given',
  needs: ['nginx', 'openssl'],
  cause: 'certificate',
  codes: ['certificate.unknown-ca'],
  start: async (grounds) => {
    const pki = openPki(grounds);
    const site = pki.issue({});
    const port = await startTlsNginx(grounds, { cert: site.fullChain, key: site.key });
    return { url: `wss://localhost:${port}/chat` };
  },
};

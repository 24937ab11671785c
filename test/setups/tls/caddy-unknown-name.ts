import type { Setup } from '../setup.js';
import { openPki } from './pki.js';
import { startTlsCaddy } from './support.js';

export const setup: Setup = {
  id: 'tls-caddy-unknown-name',
  title: 'Caddy with a site of another name: it has no certificate for the one that is asked for, and says internal_error',
  needs: ['caddy', 'openssl'],
  cause: 'certificate',
  codes: ['tls.sni-rejected'],
  start: async (grounds) => {
    const pki = openPki(grounds);
    const { fullChain, key } = pki.issue({ subject: '/CN=shop.example', san: 'DNS:shop.example' });
    const port = await startTlsCaddy(grounds, { name: 'shop.example', tls: `${fullChain} ${key}` });
    return { url: `wss://localhost:${port}/chat`, ca: pki.root };
  },
};

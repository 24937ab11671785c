import type { Setup } from '../setup.js';
import { openPki } from './pki.js';
import { startTlsHaproxy } from './support.js';

export const setup: Setup = {
  id: 'tls-haproxy-strict-sni',
  title: 'HAProxy with strict-sni and a certificate of another name',
  needs: ['haproxy', 'openssl'],
  cause: 'certificate',
  codes: ['tls.sni-rejected'],
  start: async (grounds) => {
    const pki = openPki(grounds);
    const { bundle } = pki.issue({ subject: '/CN=shop.example', san: 'DNS:shop.example' });
    const port = await startTlsHaproxy(grounds, { bundle, bind: 'strict-sni' });
    return { url: `wss://localhost:${port}/chat`, ca: pki.root };
  },
};

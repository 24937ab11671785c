import type { Setup } from '../setup.js';
import { openPki } from './pki.js';
import { startTlsHaproxy } from './support.js';

export const setup: Setup = {
  id: 'tls-haproxy-healthy',
  title: 'HAProxy that ends TLS in front of npm ws',
  needs: ['haproxy', 'openssl'],
  cause: null,
  codes: [],
  start: async (grounds) => {
    const pki = openPki(grounds);
    const { bundle } = pki.issue({ by: 'intermediate' });
    const port = await startTlsHaproxy(grounds, { bundle });
    return { url: `wss://localhost:${port}/chat`, ca: pki.root };
  },
};

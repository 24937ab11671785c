import type { Setup } from '../setup.js';
import { openPki } from './pki.js';
import { startTlsHaproxy } from './support.js';

export const setup: Setup = {
  id: 'tls-haproxy-expired-intermediate',
  title: 'HAProxy with a good certificate below an intermediate that expired',
  needs: ['haproxy', 'openssl'],
  cause: 'certificate',
  codes: ['certificate.expired'],
  start: async (grounds) => {
    const pki = openPki(grounds, { intermediateDays: [-400, -3] });
    const { bundle } = pki.issue({ by: 'intermediate' });
    const port = await startTlsHaproxy(grounds, { bundle });
    return { url: `wss://localhost:${port}/chat`, ca: pki.root };
  },
};

import type { Setup } from '../setup.js';
import { openPki } from './pki.js';
import { startTlsHaproxy } from './support.js';

export const setup: Setup = {
  id: 'tls-haproxy-unknown-ca',
  title: 'HAProxy with a full chain of a private CA that the client was not given',
  needs: ['haproxy', 'openssl'],
  cause: 'certificate',
  codes: ['certificate.unknown-ca'],
  start: async (grounds) => {
    const pki = openPki(grounds);
    const { bundle } = pki.issue({ by: 'intermediate' });
    const port = await startTlsHaproxy(grounds, { bundle });
    return { url: `wss://localhost:${port}/chat` };
  },
};

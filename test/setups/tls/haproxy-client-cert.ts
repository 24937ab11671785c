import type { Setup } from '../setup.js';
import { openPki } from './pki.js';
import { startTlsHaproxy } from './support.js';

export const setup: Setup = {
  id: 'tls-haproxy-client-cert',
  title: 'HAProxy that requires a client certificate',
  needs: ['haproxy', 'openssl'],
  cause: 'certificate',
  codes: ['certificate.client-cert-required'],
  start: async (grounds) => {
    const pki = openPki(grounds);
    const { bundle } = pki.issue({});
    const port = await startTlsHaproxy(grounds, { bundle, bind: `ca-file ${pki.root} verify required` });
    return { url: `wss://localhost:${port}/chat`, ca: pki.root };
  },
};

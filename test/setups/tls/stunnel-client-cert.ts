import { startApp } from '../nginx/support.js';
import type { Setup } from '../setup.js';
import { openPki } from './pki.js';
import { startStunnel } from './support.js';

export const setup: Setup = {
  id: 'tls-stunnel-client-cert',
  title: 'stunnel that wants a client certificate',
  needs: ['stunnel4', 'openssl'],
  cause: 'certificate',
  codes: ['certificate.client-cert-required'],
  start: async (grounds) => {
    const pki = openPki(grounds);
    const { fullChain, key } = pki.issue({});
    const port = await startStunnel(grounds, {
      cert: fullChain,
      key,
      to: await startApp(grounds),
      more: `CAfile = ${pki.root}\nverifyChain = yes`,
    });
    return { url: `wss://localhost:${port}/chat`, ca: pki.root };
  },
};

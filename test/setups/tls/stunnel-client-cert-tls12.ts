import { startApp } from '../nginx/support.js';
import type { Setup } from '../setup.js';
import { openPki } from './pki.js';
import { startStunnel } from './support.js';

export const setup: Setup = {
  id: 'tls-stunnel-client-cert-tls12',
  title: 'stunnel that wants a client certificate, in TLS 1.2',
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
      more: `CAfile = ${pki.root}\nverifyChain = yes\nsslVersionMax = TLSv1.2`,
    });
    return { url: `wss://localhost:${port}/chat`, ca: pki.root };
  },
};

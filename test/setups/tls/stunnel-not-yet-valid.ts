import { startApp } from '../nginx/support.js';
import type { Setup } from '../setup.js';
import { openPki } from './pki.js';
import { startStunnel } from './support.js';

export const setup: Setup = {
  id: 'tls-stunnel-not-yet-valid',
  title: 'stunnel with a certificate that begins next month',
  needs: ['stunnel4', 'openssl'],
  cause: 'certificate',
  codes: ['certificate.not-yet-valid'],
  start: async (grounds) => {
    const pki = openPki(grounds);
    const { fullChain, key } = pki.issue({ days: [30, 120] });
    const port = await startStunnel(grounds, { cert: fullChain, key, to: await startApp(grounds) });
    return { url: `wss://localhost:${port}/chat`, ca: pki.root };
  },
};

import { startApp } from '../nginx/support.js';
import type { Setup } from '../setup.js';
import { openPki } from './pki.js';
import { startStunnel } from './support.js';

export const setup: Setup = {
  id: 'tls-stunnel-healthy',
  title: 'stunnel in front of npm ws',
  needs: ['stunnel4', 'openssl'],
  cause: null,
  codes: [],
  start: async (grounds) => {
    const pki = openPki(grounds);
    const { fullChain, key } = pki.issue({});
    const port = await startStunnel(grounds, { cert: fullChain, key, to: await startApp(grounds) });
    return { url: `wss://localhost:${port}/chat`, ca: pki.root };
  },
};

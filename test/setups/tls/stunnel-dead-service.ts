import type { Setup } from '../setup.js';
import { openPki } from './pki.js';
import { startStunnel } from './support.js';

export const setup: Setup = {
  id: 'tls-stunnel-dead-service',
  title: 'stunnel in front of a port on which nothing listens',
  needs: ['stunnel4', 'openssl'],
  cause: 'server',
  codes: ['server.empty-reply', 'server.reset'],
  start: async (grounds) => {
    const pki = openPki(grounds);
    const { fullChain, key } = pki.issue({});
    const port = await startStunnel(grounds, { cert: fullChain, key, to: await grounds.freePort() });
    return { url: `wss://localhost:${port}/chat`, ca: pki.root };
  },
};

import type { Setup } from '../setup.js';
import { openPki } from '../tls/pki.js';
import { startTlsCaddy } from '../tls/support.js';

export const setup: Setup = {
  id: 'url-plain-to-caddy',
  title: 'ws:// to a port of Caddy that speaks TLS',
  needs: ['caddy', 'openssl'],
  cause: 'url',
  codes: ['url.scheme-mismatch-plain-to-tls'],
  start: async (grounds) => {
    const pki = openPki(grounds);
    const { fullChain, key } = pki.issue();
    const port = await startTlsCaddy(grounds, { tls: `${fullChain} ${key}` });
    return { url: `ws://127.0.0.1:${port}/chat` };
  },
};

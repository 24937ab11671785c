import type { Setup } from '../setup.js';
import { openPki } from '../tls/pki.js';
import { startTlsNginx } from '../tls/support.js';

export const setup: Setup = {
  id: 'url-plain-to-nginx',
  title: 'ws:// to a port of nginx that speaks TLS',
  needs: ['nginx', 'openssl'],
  cause: 'url',
  codes: ['url.scheme-mismatch-plain-to-tls'],
  start: async (grounds) => {
    const pki = openPki(grounds);
    const port = await startTlsNginx(grounds, pki.issue());
    return { url: `ws://127.0.0.1:${port}/chat` };
  },
};

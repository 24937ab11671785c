import type { Setup } from '../setup.js';
import { openPki } from '../tls/pki.js';
import { startTlsHaproxy } from '../tls/support.js';

export const setup: Setup = {
  id: 'url-plain-to-haproxy',
  title: 'ws:// to a port of HAProxy that speaks TLS',
  needs: ['haproxy', 'openssl'],
  cause: 'url',
  codes: ['url.scheme-mismatch-plain-to-tls'],
  doctorOnly:
    'A port that closes without a byte shows what it speaks only to a ClientHello, which doctor sends and the live proxy does not.',
  start: async (grounds) => {
    const pki = openPki(grounds);
    const port = await startTlsHaproxy(grounds, pki.issue());
    return { url: `ws://127.0.0.1:${port}/chat` };
  },
};

import { readFileSync } from 'node:fs';
import { startApp } from '../nginx/support.js';
import type { Setup } from '../setup.js';
import { openPki } from '../tls/pki.js';

export const setup: Setup = {
  id: 'url-plain-to-node',
  title: 'ws:// to node:https with npm ws',
  needs: ['openssl'],
  cause: 'url',
  codes: ['url.scheme-mismatch-plain-to-tls'],
  doctorOnly:
    'A port that closes without a byte shows what it speaks only to a ClientHello, which doctor sends and the live proxy does not.',
  start: async (grounds) => {
    const pki = openPki(grounds);
    const { cert, key } = pki.issue();
    const port = await startApp(grounds, { tls: { cert: readFileSync(cert), key: readFileSync(key) } });
    return { url: `ws://127.0.0.1:${port}/chat` };
  },
};

import type { Setup } from '../setup.js';
import { openPki } from '../tls/pki.js';

export const setup: Setup = {
  id: 'url-plain-to-openssl',
  title: 'ws:// to openssl s_server',
  needs: ['openssl'],
  cause: 'url',
  codes: ['url.scheme-mismatch-plain-to-tls'],
  doctorOnly:
    'A port that closes without a byte shows what it speaks only to a ClientHello, which doctor sends and the live proxy does not.',
  start: async (grounds) => {
    const pki = openPki(grounds);
    const { cert, key } = pki.issue();
    const port = await grounds.freePort();
    await grounds.run(grounds.program('openssl'), ['s_server', '-accept', `127.0.0.1:${port}`, '-cert', cert, '-key', key, '-www'], {
      port,
    });
    return { url: `ws://127.0.0.1:${port}/chat` };
  },
};

import type { Setup } from '../setup.js';
import { openPki } from './pki.js';

export const setup: Setup = {
  id: 'tls-openssl-tls10',
  title: 'openssl s_server that speaks TLS 1.0 only, as old appliances do',
  needs: ['openssl'],
  cause: 'certificate',
  codes: ['tls.version'],
  start: async (grounds) => {
    const pki = openPki(grounds);
    const { cert, key } = pki.issue({ rsaBits: 2048 });
    const port = await grounds.freePort();
    const old = ['-tls1', '-cipher', 'DEFAULT:@SECLEVEL=0', '-www'];
    await grounds.run(grounds.program('openssl'), ['s_server', '-accept', `127.0.0.1:${port}`, '-cert', cert, '-key', key, ...old], {
      port,
    });
    return { url: `wss://localhost:${port}/chat`, ca: pki.root };
  },
};

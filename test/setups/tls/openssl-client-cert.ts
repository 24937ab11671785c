import type { Setup } from '../setup.js';
import { openPki } from './pki.js';

export const setup: Setup = {
  id: 'tls-openssl-client-cert',
  title: 'openssl s_server -Verify: the handshake itself fails without a client certificate',
  needs: ['openssl'],
  cause: 'certificate',
  codes: ['certificate.client-cert-required'],
  start: async (grounds) => {
    const pki = openPki(grounds);
    const { cert, key } = pki.issue();
    const port = await grounds.freePort();
    const files = ['-cert', cert, '-key', key, '-CAfile', pki.root];
    await grounds.run(
      grounds.program('openssl'),
      ['s_server', '-accept', `127.0.0.1:${port}`, ...files, '-Verify', '2', '-verify_return_error', '-quiet'],
      {
        port,
      },
    );
    return { url: `wss://localhost:${port}/chat`, ca: pki.root };
  },
};

import { startApp, startNginx } from '../nginx/support.js';
import type { Setup } from '../setup.js';
import { openPki } from './pki.js';
import { toApp } from './support.js';

export const setup: Setup = {
  id: 'tls-nginx-sni-rejected',
  title: 'nginx that ends the handshake for names that it does not know (ssl_reject_handshake)',
  needs: ['nginx', 'openssl'],
  cause: 'certificate',
  codes: ['tls.sni-rejected'],
  start: async (grounds) => {
    const pki = openPki(grounds);
    const { cert, key } = pki.issue({ subject: '/CN=shop.example', san: 'DNS:shop.example' });
    const app = await startApp(grounds);
    const port = await startNginx(grounds, {
      server: (at) =>
        `listen 127.0.0.1:${at.port} ssl default_server; ssl_reject_handshake on; }
         server { listen 127.0.0.1:${at.port} ssl; server_name shop.example; ssl_certificate ${cert}; ssl_certificate_key ${key}; ${toApp(app)}`,
    });
    return { url: `wss://localhost:${port}/chat`, ca: pki.root };
  },
};

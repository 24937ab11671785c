import { startApp, startNginx } from '../nginx/support.js';
import type { Setup } from '../setup.js';
import { toApp } from '../tls/support.js';

export const setup: Setup = {
  id: 'url-tls-to-nginx',
  title: 'wss:// to nginx without TLS',
  needs: ['nginx'],
  cause: 'url',
  codes: ['url.scheme-mismatch-tls-to-plain'],
  start: async (grounds) => {
    const app = await startApp(grounds);
    const port = await startNginx(grounds, { server: (at) => `listen 127.0.0.1:${at.port}; ${toApp(app)}` });
    return { url: `wss://localhost:${port}/chat` };
  },
};

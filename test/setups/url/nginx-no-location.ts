import { startApp, startNginx } from '../nginx/support.js';
import type { Setup } from '../setup.js';
import { toApp } from '../tls/support.js';

export const setup: Setup = {
  id: 'url-nginx-no-location',
  title: 'nginx that serves the WebSocket at /socket/, asked at /chat',
  needs: ['nginx'],
  cause: 'url',
  codes: ['url.not-found'],
  start: async (grounds) => {
    const app = await startApp(grounds);
    const port = await startNginx(grounds, {
      server: (at) => `listen 127.0.0.1:${at.port}; root ${grounds.folder}; ${toApp(app).replace('location /', 'location /socket/')}`,
    });
    return { url: `ws://127.0.0.1:${port}/chat` };
  },
};

import type { Setup } from '../setup.js';
import { startNginx } from './support.js';

export const setup: Setup = {
  id: 'nginx-h2c-only',
  title: 'nginx listens for HTTP/2 in clear, and so for nothing else',
  needs: ['nginx'],
  cause: 'url',
  codes: ['url.wrong-service'],
  start: async (grounds) => {
    const port = await startNginx(grounds, { server: (at) => `listen 127.0.0.1:${at.port} http2; return 200;` });
    return { url: `ws://127.0.0.1:${port}/chat` };
  },
};

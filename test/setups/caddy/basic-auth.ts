import { startApp } from '../nginx/support.js';
import type { Setup } from '../setup.js';
import { caddyWith } from './support.js';

export const setup: Setup = {
  id: 'caddy-basic-auth',
  title: 'Caddy with basicauth: 401',
  needs: ['caddy'],
  cause: 'server',
  codes: ['server.auth'],
  start: async (grounds) =>
    caddyWith(
      grounds,
      `basicauth {\nann $2a$14$Zkx19XLiW6VYouLHR5NmfOFU0z2GTNmpkT/5qqR7hx4IjWJPDhjvG\n}\nreverse_proxy 127.0.0.1:${await startApp(grounds)}`,
    ),
};

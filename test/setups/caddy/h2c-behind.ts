import { startApp } from '../nginx/support.js';
import type { Setup } from '../setup.js';
import { caddyWith } from './support.js';

export const setup: Setup = {
  id: 'caddy-h2c-behind',
  title: 'Caddy speaks nothing but HTTP/2 to the application: no WebSocket gets through',
  needs: ['caddy'],
  cause: 'intermediary',
  codes: ['intermediary.bad-gateway', 'intermediary.upgrade-stripped'],
  start: async (grounds) =>
    caddyWith(grounds, `reverse_proxy 127.0.0.1:${await startApp(grounds)} {\ntransport http {\nversions h2c 2\n}\n}`),
};

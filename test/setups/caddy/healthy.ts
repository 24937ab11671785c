import { startApp } from '../nginx/support.js';
import type { Setup } from '../setup.js';
import { caddyWith } from './support.js';

export const setup: Setup = {
  id: 'caddy-healthy',
  title: 'Caddy with reverse_proxy',
  needs: ['caddy'],
  cause: null,
  codes: [],
  start: async (grounds) => caddyWith(grounds, `reverse_proxy 127.0.0.1:${await startApp(grounds)}`),
};

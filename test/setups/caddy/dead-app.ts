import { startApp } from '../nginx/support.js';
import { remedyOf } from '../remedy-of.js';
import type { Setup } from '../setup.js';
import { caddyWith } from './support.js';

export const setup: Setup = {
  id: 'caddy-dead-app',
  title: 'Caddy before a port where nothing listens: 502 without a body',
  needs: ['caddy'],
  cause: 'intermediary',
  codes: ['intermediary.bad-gateway'],
  start: async (grounds) => caddyWith(grounds, `reverse_proxy 127.0.0.1:${await grounds.freePort()}`),
  mends: [['Caddy', 'gateway']],
  mended: async (grounds) => caddyWith(grounds, remedyOf('Caddy', 'gateway').replace('app:8080', `127.0.0.1:${await startApp(grounds)}`)),
};

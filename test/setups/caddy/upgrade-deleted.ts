import { startWs } from '../backends.js';
import { remedyOf } from '../remedy-of.js';
import type { Setup } from '../setup.js';
import { caddyWith } from './support.js';

export const setup: Setup = {
  id: 'caddy-upgrade-deleted',
  title: 'Caddy with request_header -Upgrade',
  needs: ['caddy'],
  cause: 'intermediary',
  codes: ['intermediary.upgrade-stripped'],
  start: async (grounds) => caddyWith(grounds, `request_header -Upgrade\nreverse_proxy 127.0.0.1:${await startWs(grounds)}`),
  mends: [['Caddy', 'upgrade']],
  mended: async (grounds) => caddyWith(grounds, remedyOf('Caddy', 'upgrade').replace('app:8080', `127.0.0.1:${await startWs(grounds)}`)),
};

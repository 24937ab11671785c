import { startApp } from '../nginx/support.js';
import type { Setup } from '../setup.js';
import { caddyWith } from './support.js';

export const setup: Setup = {
  id: 'caddy-other-site',
  title: 'Caddy knows the application by another host name, and answers 200 with nothing for the rest',
  needs: ['caddy'],
  cause: 'url',
  codes: ['url.wrong-host', 'url.wrong-endpoint'],
  start: async (grounds) => caddyWith(grounds, `reverse_proxy 127.0.0.1:${await startApp(grounds)}`, 'http://app.example'),
};

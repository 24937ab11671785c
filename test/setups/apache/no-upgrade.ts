import { startApp } from '../nginx/support.js';
import { remedyOf } from '../remedy-of.js';
import type { Setup } from '../setup.js';
import { apacheWith } from './support.js';

export const setup: Setup = {
  id: 'apache-no-upgrade',
  title: 'Apache with ProxyPass to http:// and nothing about upgrades',
  needs: ['apache2'],
  cause: 'intermediary',
  codes: ['intermediary.upgrade-stripped'],
  start: async (grounds) => apacheWith(grounds, `ProxyPass / http://127.0.0.1:${await startApp(grounds)}/`),
  mends: [['Apache httpd', 'upgrade']],
  mended: async (grounds) => {
    const app = await startApp(grounds);
    return apacheWith(
      grounds,
      remedyOf('Apache httpd', 'upgrade').replaceAll('app:8080/ws', `127.0.0.1:${app}/chat`).replaceAll('/ws ', '/chat '),
    );
  },
};

import { startApp } from '../nginx/support.js';
import type { Setup } from '../setup.js';
import { apacheWith } from './support.js';

export const setup: Setup = {
  id: 'apache-denied',
  title: 'Apache with Require all denied: 403, whatever the Origin',
  needs: ['apache2'],
  cause: 'server',
  codes: ['server.forbidden'],
  start: async (grounds) =>
    apacheWith(
      grounds,
      `<Location />\nRequire all denied\n</Location>\nProxyPass / http://127.0.0.1:${await startApp(grounds)}/ upgrade=websocket`,
    ),
};

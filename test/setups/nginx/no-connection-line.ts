import type { Setup } from '../setup.js';
import { nginxBefore } from './through.js';

export const setup: Setup = {
  id: 'nginx-no-connection-line',
  title: 'nginx passes Upgrade on, and says Connection: close beside it',
  needs: ['nginx'],
  cause: 'intermediary',
  // To an application that answers plain HTTP both losses look alike.
  codes: ['intermediary.connection-header-lost', 'intermediary.upgrade-stripped'],
  start: (grounds) => nginxBefore(grounds, 'proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade;'),
};

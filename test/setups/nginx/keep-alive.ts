import { startWs } from '../backends.js';
import type { Setup } from '../setup.js';
import { location, nginxWith, passTo } from './through.js';

export const setup: Setup = {
  id: 'nginx-connection-keep-alive',
  title: 'nginx says Connection: keep-alive, as for an upstream with keepalive, to npm ws on a port of its own: 426',
  needs: ['nginx'],
  cause: 'intermediary',
  codes: ['intermediary.connection-header-lost', 'intermediary.upgrade-stripped'],
  start: async (grounds) =>
    nginxWith(
      grounds,
      location(
        passTo(await startWs(grounds)),
        'proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection keep-alive;',
      ),
    ),
};

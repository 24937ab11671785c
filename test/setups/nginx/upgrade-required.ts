import { startWs } from '../backends.js';
import type { Setup } from '../setup.js';
import { location, nginxWith, passTo } from './through.js';

export const setup: Setup = {
  id: 'nginx-ws-port-426',
  title: 'nginx with proxy_pass alone before npm ws on a port of its own: 426',
  needs: ['nginx'],
  cause: 'intermediary',
  codes: ['intermediary.upgrade-stripped'],
  start: async (grounds) => nginxWith(grounds, location(passTo(await startWs(grounds)))),
};

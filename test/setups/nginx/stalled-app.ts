import { startStalled } from '../backends.js';
import type { Setup } from '../setup.js';
import { location, nginxWith, passTo, upgradeLines } from './through.js';

export const setup: Setup = {
  id: 'nginx-stalled-app',
  title: 'nginx before an application that hangs: 504 after proxy_read_timeout',
  needs: ['nginx'],
  cause: 'intermediary',
  codes: ['intermediary.gateway-timeout'],
  start: async (grounds) => nginxWith(grounds, location(passTo(await startStalled(grounds)), upgradeLines, 'proxy_read_timeout 1s;')),
};

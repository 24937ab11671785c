import { remedyOf } from '../remedy-of.js';
import type { Setup } from '../setup.js';
import { startApp } from './support.js';
import { location, nginxWith, passTo, upgradeLines } from './through.js';

export const setup: Setup = {
  id: 'nginx-dead-app',
  title: 'nginx before a port where nothing listens: 502',
  needs: ['nginx'],
  cause: 'intermediary',
  codes: ['intermediary.bad-gateway'],
  start: async (grounds) => nginxWith(grounds, location(passTo(await grounds.freePort()), upgradeLines)),
  mends: [['nginx', 'gateway']],
  mended: async (grounds) => {
    const app = await startApp(grounds);
    const line = remedyOf('nginx', 'gateway').replace(/#.*/, '').replace('127.0.0.1:8080', `127.0.0.1:${app}`);
    return nginxWith(grounds, location(line, upgradeLines));
  },
};

import type { Setup } from '../setup.js';
import { startApp } from './support.js';
import { location, nginxWith, passTo, upgradeLines } from './through.js';

export const setup: Setup = {
  id: 'nginx-upgrade-filter',
  title: 'nginx refuses what asks for an upgrade, and passes the rest on: its own 403',
  needs: ['nginx'],
  cause: 'intermediary',
  codes: ['intermediary.waf-block'],
  start: async (grounds) =>
    nginxWith(grounds, location('if ($http_upgrade) { return 403; }', passTo(await startApp(grounds)), upgradeLines)),
  doctorOnly: 'That a plain GET passes shows when one is sent.',
};

import type { Setup } from '../setup.js';
import { startApp } from './support.js';
import { nginxWith, passTo, upgradeLines } from './through.js';

export const setup: Setup = {
  id: 'nginx-no-location',
  title: 'nginx has no location for the path: its own 404',
  needs: ['nginx'],
  cause: 'url',
  codes: ['url.not-found'],
  start: async (grounds) =>
    nginxWith(grounds, `root ${grounds.folder}; location /socket { ${passTo(await startApp(grounds))} ${upgradeLines} }`),
};

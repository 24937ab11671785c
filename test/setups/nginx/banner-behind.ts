import { startBanner } from '../backends.js';
import type { Setup } from '../setup.js';
import { location, nginxWith, passTo, upgradeLines } from './through.js';

export const setup: Setup = {
  id: 'nginx-banner-behind',
  title: 'nginx passes on to a port where SSH answers, and what that says without any head',
  needs: ['nginx'],
  cause: 'url',
  codes: ['url.wrong-service'],
  start: async (grounds) => nginxWith(grounds, location(passTo(await startBanner(grounds)), upgradeLines)),
};

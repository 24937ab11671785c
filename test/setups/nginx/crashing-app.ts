import { startCrashing } from '../backends.js';
import type { Setup } from '../setup.js';
import { location, nginxWith, passTo, upgradeLines } from './through.js';

export const setup: Setup = {
  id: 'nginx-crashing-app',
  title: 'nginx before an application that falls over at each handshake: 502',
  needs: ['nginx'],
  cause: 'intermediary',
  codes: ['intermediary.bad-gateway'],
  start: async (grounds) => nginxWith(grounds, location(passTo(await startCrashing(grounds)), upgradeLines)),
};

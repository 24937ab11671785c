import type { Setup } from '../setup.js';
import { startApp } from './support.js';
import { location, nginxWith, passTo, upgradeLines } from './through.js';

export const setup: Setup = {
  id: 'nginx-auth-down',
  title: 'nginx with auth_request to a service that does not run: its own 500',
  needs: ['nginx'],
  cause: 'intermediary',
  codes: ['intermediary.bad-gateway'],
  start: async (grounds) =>
    nginxWith(
      grounds,
      `${location('auth_request /who;', passTo(await startApp(grounds)), upgradeLines)} location = /who { internal; ${passTo(await grounds.freePort())} }`,
    ),
};

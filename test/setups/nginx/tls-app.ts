import { startTlsApp } from '../backends.js';
import type { Setup } from '../setup.js';
import { location, nginxWith, passTo, upgradeLines } from './through.js';

export const setup: Setup = {
  id: 'nginx-tls-app',
  title: 'nginx speaks plain HTTP to an application that speaks TLS: 502',
  needs: ['nginx'],
  cause: 'intermediary',
  codes: ['intermediary.bad-gateway'],
  start: async (grounds) => nginxWith(grounds, location(passTo(await startTlsApp(grounds)), upgradeLines)),
};

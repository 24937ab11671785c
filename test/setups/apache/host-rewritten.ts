import { startSameHost } from '../backends.js';
import { remedyOf } from '../remedy-of.js';
import type { Setup } from '../setup.js';
import { apacheWith } from './support.js';

const pass = (app: number): string => `ProxyPass / http://127.0.0.1:${app}/ upgrade=websocket`;

export const setup: Setup = {
  id: 'apache-host-rewritten',
  title: 'Apache puts the name of the application into Host, and the application refuses the Origin that no longer fits',
  needs: ['apache2'],
  cause: 'origin',
  codes: ['origin.host-rewritten', 'origin.rejected'],
  start: async (grounds) => {
    const asking = await apacheWith(grounds, pass(await startSameHost(grounds)));
    return { ...asking, origin: new URL(asking.url.replace('ws:', 'http:')).origin };
  },
  mends: [['Apache httpd', 'host']],
  mended: async (grounds) => {
    const asking = await apacheWith(grounds, `${remedyOf('Apache httpd', 'host')}\n${pass(await startSameHost(grounds))}`);
    return { ...asking, origin: new URL(asking.url.replace('ws:', 'http:')).origin };
  },
};

import { startApp } from '../nginx/support.js';
import { remedyOf } from '../remedy-of.js';
import type { Setup } from '../setup.js';
import { apacheWith } from './support.js';

/** Measured with 2.4: of Timeout and ProxyTimeout the longer one counts, and without the second the first alone. */
const lines = (app: number): string => `Timeout 1\nProxyPass / http://127.0.0.1:${app}/ upgrade=websocket`;

export const setup: Setup = {
  id: 'apache-idle-cut',
  title: 'Apache with Timeout 1 and no ProxyTimeout: an idle WebSocket is cut after a second',
  needs: ['apache2'],
  cause: 'intermediary',
  codes: ['intermediary.idle-timeout'],
  holdMs: 4000,
  start: async (grounds) => apacheWith(grounds, lines(await startApp(grounds))),
  mends: [['Apache httpd', 'idle']],
  mended: async (grounds) => apacheWith(grounds, `${remedyOf('Apache httpd', 'idle')}\n${lines(await startApp(grounds))}`),
};

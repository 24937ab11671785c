import { startApp } from '../nginx/support.js';
import { remedyOf } from '../remedy-of.js';
import type { Setup } from '../setup.js';
import { apacheWith } from './support.js';

/** Larger than the 8190 bytes that Apache takes in one field. */
const headers = { Cookie: `session=${'x'.repeat(9000)}` };
const pass = (app: number): string => `ProxyPass / http://127.0.0.1:${app}/ upgrade=websocket`;

export const setup: Setup = {
  id: 'apache-big-cookie',
  title: 'Apache with its usual limits, and a cookie of 9 KB: 400',
  needs: ['apache2'],
  cause: 'intermediary',
  codes: ['intermediary.header-too-large'],
  start: async (grounds) => ({ ...(await apacheWith(grounds, pass(await startApp(grounds)))), headers }),
  mends: [['Apache httpd', 'limits']],
  mended: async (grounds) => ({
    ...(await apacheWith(grounds, `${remedyOf('Apache httpd', 'limits')}\n${pass(await startApp(grounds))}`)),
    headers,
  }),
};

import { startApp } from '../nginx/support.js';
import type { Setup } from '../setup.js';
import { haproxyBefore } from './support.js';

export const setup: Setup = {
  id: 'haproxy-denied',
  title: 'HAProxy with http-request deny for the path: 403',
  needs: ['haproxy'],
  cause: 'intermediary',
  codes: ['intermediary.waf-block'],
  start: async (grounds) => haproxyBefore(grounds, await startApp(grounds), 'http-request deny if { path_beg /chat }'),
};

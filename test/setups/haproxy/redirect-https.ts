import { startApp } from '../nginx/support.js';
import type { Setup } from '../setup.js';
import { haproxyBefore } from './support.js';

export const setup: Setup = {
  id: 'haproxy-redirect-https',
  title: 'HAProxy with http-request redirect scheme https',
  needs: ['haproxy'],
  cause: 'intermediary',
  codes: ['intermediary.redirect-https'],
  start: async (grounds) => haproxyBefore(grounds, await startApp(grounds), 'http-request redirect scheme https code 301'),
};

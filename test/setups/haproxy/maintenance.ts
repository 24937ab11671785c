import { startApp } from '../nginx/support.js';
import type { Setup } from '../setup.js';
import { haproxyWith } from './support.js';

export const setup: Setup = {
  id: 'haproxy-maintenance',
  title: 'HAProxy whose only server is in maintenance: 503',
  needs: ['haproxy'],
  cause: 'intermediary',
  codes: ['intermediary.unavailable'],
  start: async (grounds) =>
    haproxyWith(grounds, 'default_backend app', { rest: `backend app\nserver one 127.0.0.1:${await startApp(grounds)} disabled` }),
};

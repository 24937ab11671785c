import { startApp } from '../nginx/support.js';
import type { Setup } from '../setup.js';
import { haproxyBefore } from './support.js';

export const setup: Setup = {
  id: 'haproxy-healthy',
  title: 'HAProxy as it comes',
  needs: ['haproxy'],
  cause: null,
  codes: [],
  start: async (grounds) => haproxyBefore(grounds, await startApp(grounds)),
};

import type { Setup } from '../setup.js';
import { haproxyBefore } from './support.js';

export const setup: Setup = {
  id: 'haproxy-no-server',
  title: 'HAProxy before a port where nothing listens: 503',
  needs: ['haproxy'],
  cause: 'intermediary',
  codes: ['intermediary.unavailable'],
  start: async (grounds) => haproxyBefore(grounds, await grounds.freePort()),
};

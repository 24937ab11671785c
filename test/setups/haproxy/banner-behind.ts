import { startBanner } from '../backends.js';
import type { Setup } from '../setup.js';
import { haproxyBefore } from './support.js';

export const setup: Setup = {
  id: 'haproxy-banner-behind',
  title: 'HAProxy in mode http before an SSH port: 502',
  needs: ['haproxy'],
  cause: 'intermediary',
  codes: ['intermediary.bad-gateway'],
  start: async (grounds) => haproxyBefore(grounds, await startBanner(grounds)),
};

import { startStalled } from '../backends.js';
import type { Setup } from '../setup.js';
import { haproxyBefore } from './support.js';

export const setup: Setup = {
  id: 'haproxy-stalled-app',
  title: 'HAProxy with timeout server 1s before an application that hangs: 504',
  needs: ['haproxy'],
  cause: 'intermediary',
  codes: ['intermediary.gateway-timeout'],
  start: async (grounds) => haproxyBefore(grounds, await startStalled(grounds), 'timeout server 1s'),
};

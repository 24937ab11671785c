import { startWs } from '../backends.js';
import type { Setup } from '../setup.js';
import { haproxyBefore } from './support.js';

export const setup: Setup = {
  id: 'haproxy-upgrade-deleted',
  title: 'HAProxy with http-request del-header upgrade',
  needs: ['haproxy'],
  cause: 'intermediary',
  codes: ['intermediary.upgrade-stripped'],
  start: async (grounds) => haproxyBefore(grounds, await startWs(grounds), 'http-request del-header upgrade'),
};

import { startBanner } from '../backends.js';
import type { Setup } from '../setup.js';
import { haproxyWith } from './support.js';

export const setup: Setup = {
  id: 'haproxy-tcp-to-ssh',
  title: 'HAProxy in mode tcp before an SSH port',
  needs: ['haproxy'],
  cause: 'url',
  codes: ['url.wrong-service'],
  start: async (grounds) =>
    haproxyWith(grounds, 'mode tcp\ndefault_backend app', {
      rest: `backend app\nmode tcp\nserver one 127.0.0.1:${await startBanner(grounds)}`,
    }),
};

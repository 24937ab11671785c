import { startApp } from '../nginx/support.js';
import { remedyOf } from '../remedy-of.js';
import type { Setup } from '../setup.js';
import { haproxyBefore, haproxyWith } from './support.js';

export const setup: Setup = {
  id: 'haproxy-idle-cut',
  title: 'HAProxy with timeout tunnel 1s: an idle WebSocket is cut after a second',
  needs: ['haproxy'],
  cause: 'intermediary',
  codes: ['intermediary.idle-timeout'],
  holdMs: 4000,
  start: async (grounds) => haproxyBefore(grounds, await startApp(grounds), 'timeout tunnel 1s'),
  mends: [['HAProxy', 'idle']],
  // The client's timeout would cut it, were it not for the tunnel's.
  mended: async (grounds) =>
    haproxyWith(grounds, 'timeout client 1s\ndefault_backend app', {
      rest: `backend app\nserver one 127.0.0.1:${await startApp(grounds)}\n${remedyOf('HAProxy', 'idle')}`,
    }),
};

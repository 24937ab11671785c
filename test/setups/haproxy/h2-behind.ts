import { startNginx } from '../nginx/support.js';
import type { Setup } from '../setup.js';
import { haproxyWith } from './support.js';

export const setup: Setup = {
  id: 'haproxy-h2-behind',
  title: 'HAProxy speaks HTTP/2 to nginx, which knows no extended CONNECT (RFC 8441)',
  needs: ['haproxy', 'nginx'],
  cause: 'intermediary',
  codes: ['intermediary.bad-gateway', 'intermediary.h2-no-extended-connect', 'intermediary.upgrade-stripped'],
  start: async (grounds) => {
    const port = await startNginx(grounds, { server: (at) => `listen 127.0.0.1:${at.port} http2; return 200 "the application";` });
    return haproxyWith(grounds, 'default_backend app', { rest: `backend app\nserver one 127.0.0.1:${port} proto h2` });
  },
};

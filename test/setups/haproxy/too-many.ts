import { startApp } from '../nginx/support.js';
import type { Setup } from '../setup.js';
import { haproxyBefore } from './support.js';

export const setup: Setup = {
  id: 'haproxy-too-many',
  title: 'HAProxy with a stick table that lets no more handshakes of that address in: 429',
  needs: ['haproxy'],
  cause: 'intermediary',
  codes: ['intermediary.rate-limited'],
  start: async (grounds) =>
    haproxyBefore(
      grounds,
      await startApp(grounds),
      'stick-table type ip size 100 expire 60s store http_req_rate(60s)\nhttp-request track-sc0 src\nhttp-request deny deny_status 429 if { sc_http_req_rate(0) gt 0 }',
    ),
};

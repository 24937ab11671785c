import type { Setup } from '../setup.js';
import { nginxBefore } from './through.js';

export const setup: Setup = {
  id: 'nginx-http11-alone',
  title: 'nginx with proxy_http_version 1.1 and nothing else: Connection: close, and no Upgrade',
  needs: ['nginx'],
  cause: 'intermediary',
  codes: ['intermediary.upgrade-stripped'],
  start: (grounds) => nginxBefore(grounds, 'proxy_http_version 1.1;'),
};

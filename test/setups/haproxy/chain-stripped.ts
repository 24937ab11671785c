import { nginxBefore } from '../nginx/through.js';
import type { Setup } from '../setup.js';
import { haproxyBefore } from './support.js';

export const setup: Setup = {
  id: 'haproxy-nginx-stripped',
  title: 'HAProxy passes the upgrade on to nginx with proxy_pass alone, which does not',
  needs: ['haproxy', 'nginx'],
  cause: 'intermediary',
  codes: ['intermediary.upgrade-stripped'],
  start: async (grounds) => {
    const hop = await nginxBefore(grounds, '');
    return haproxyBefore(grounds, Number(new URL(hop.url).port));
  },
};

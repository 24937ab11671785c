import { startWs } from '../backends.js';
import { location, nginxWith, passTo, upgradeLines } from '../nginx/through.js';
import type { Setup } from '../setup.js';
import { haproxyBefore } from './support.js';

export const setup: Setup = {
  id: 'haproxy-healthy-chain',
  title: 'HAProxy before nginx with the three lines before the application, which compresses',
  needs: ['haproxy', 'nginx'],
  cause: null,
  codes: [],
  start: async (grounds) => {
    const app = await startWs(grounds, { greeting: 'hello, hello, hello' });
    const hop = await nginxWith(grounds, location(passTo(app), upgradeLines));
    return haproxyBefore(grounds, Number(new URL(hop.url).port), 'timeout tunnel 1h');
  },
};

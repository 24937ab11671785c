import { remedyOf } from '../remedy-of.js';
import type { Setup } from '../setup.js';
import { runProxy } from './support.js';

export const setup: Setup = {
  id: 'middleware-target-down',
  title: 'http-proxy-middleware in front of an application that does not run: the socket is destroyed',
  cause: 'intermediary',
  codes: ['intermediary.bad-gateway', 'server.empty-reply'],
  start: async (grounds) => {
    const target = await grounds.freePort();
    return { url: `ws://127.0.0.1:${await runProxy(grounds, { code: remedyOf('http-proxy-middleware', 'upgrade'), target })}/ws` };
  },
};

import { startApp } from '../nginx/support.js';
import type { Setup } from '../setup.js';
import { haproxyBefore } from './support.js';

export const setup: Setup = {
  id: 'haproxy-origin-acl',
  title: 'HAProxy denies every Origin but one by acl: its own 403',
  needs: ['haproxy'],
  cause: 'origin',
  // Without experiments it is the page of a filter, and no more.
  codes: ['origin.rejected', 'intermediary.waf-block'],
  start: async (grounds) => ({
    ...(await haproxyBefore(
      grounds,
      await startApp(grounds),
      'acl known req.hdr(origin) -m str https://app.example\nhttp-request deny if { req.hdr(origin) -m found } !known',
    )),
    origin: 'https://evil.example',
  }),
};

import { startWs } from '../backends.js';
import { remedyOf } from '../remedy-of.js';
import type { Setup } from '../setup.js';
import { haproxyBefore } from './support.js';

/** Larger than HAProxy's buffer of 16 KiB without the 1 KiB that it keeps for rewriting; Node takes it just so. */
const headers = { Cookie: `session=${'x'.repeat(15_600)}` };

export const setup: Setup = {
  id: 'haproxy-big-head',
  title: 'HAProxy with its usual buffer, and a head of 16 KB: its own 400',
  needs: ['haproxy'],
  cause: 'intermediary',
  codes: ['intermediary.header-too-large', 'server.bad-request'],
  start: async (grounds) => ({ ...(await haproxyBefore(grounds, await startWs(grounds))), headers }),
  mends: [['HAProxy', 'limits']],
  mended: async (grounds) => ({
    ...(await haproxyBefore(grounds, await startWs(grounds), '', remedyOf('HAProxy', 'limits'))),
    headers,
  }),
};

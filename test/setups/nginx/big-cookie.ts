import { remedyOf } from '../remedy-of.js';
import type { Setup } from '../setup.js';
import { startApp } from './support.js';
import { location, nginxBefore, nginxWith, passTo, upgradeLines } from './through.js';

/** Larger than one of nginx's four buffers of 8 KiB. */
const headers = { Cookie: `session=${'x'.repeat(9000)}` };

export const setup: Setup = {
  id: 'nginx-big-cookie',
  title: 'nginx with its usual buffers, and a cookie of 9 KB: 400',
  needs: ['nginx'],
  cause: 'intermediary',
  codes: ['intermediary.header-too-large'],
  start: async (grounds) => ({ ...(await nginxBefore(grounds, upgradeLines)), headers }),
  mends: [['nginx', 'limits']],
  mended: async (grounds) => {
    const asking = await nginxWith(grounds, location(passTo(await startApp(grounds)), upgradeLines), remedyOf('nginx', 'limits'));
    return { ...asking, headers };
  },
};

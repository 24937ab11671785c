import type { Setup } from '../setup.js';
import { startSite } from './support.js';

export const setup: Setup = {
  id: 'forward-down',
  title: 'A proxy that is not running',
  needs: ['nginx', 'openssl'],
  cause: 'intermediary',
  codes: ['intermediary.connect-timeout'],
  start: async (grounds) => {
    const { url, ca } = await startSite(grounds);
    const port = await grounds.freePort();
    return { url, ca, proxy: `http://127.0.0.1:${port}` };
  },
};

import type { Setup } from '../setup.js';
import { startSite } from './support.js';

export const setup: Setup = {
  id: 'forward-unknown-name',
  title: 'A proxy whose name does not resolve',
  needs: ['nginx', 'openssl'],
  cause: 'intermediary',
  codes: ['intermediary.connect-timeout'],
  start: async (grounds) => {
    const { url, ca } = await startSite(grounds);
    return { url, ca, proxy: 'http://proxy.invalid:3128' };
  },
};

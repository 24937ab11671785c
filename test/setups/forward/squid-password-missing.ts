import type { Setup } from '../setup.js';
import { startSite, startSquid, withPassword } from './support.js';

export const setup: Setup = {
  id: 'forward-squid-password-missing',
  title: 'Squid that wants a password, and gets none',
  needs: ['squid', 'nginx', 'openssl'],
  cause: 'intermediary',
  codes: ['intermediary.proxy-auth-required'],
  start: async (grounds) => {
    const { url, ca } = await startSite(grounds);
    const port = await startSquid(grounds, withPassword(grounds, 'ann', 'secret'));
    return { url, ca, proxy: `http://127.0.0.1:${port}` };
  },
};

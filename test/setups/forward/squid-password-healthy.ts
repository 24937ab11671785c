import type { Setup } from '../setup.js';
import { startSite, startSquid, withPassword } from './support.js';

export const setup: Setup = {
  id: 'forward-squid-password-healthy',
  title: 'Squid with a password that the client gives',
  needs: ['squid', 'nginx', 'openssl'],
  cause: null,
  codes: [],
  start: async (grounds) => {
    const { url, ca } = await startSite(grounds);
    const port = await startSquid(grounds, withPassword(grounds, 'ann', 'let me in'));
    return { url, ca, proxy: `http://ann:let%20me%20in@127.0.0.1:${port}` };
  },
};

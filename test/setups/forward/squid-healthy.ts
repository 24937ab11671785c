import type { Setup } from '../setup.js';
import { startSite, startSquid } from './support.js';

export const setup: Setup = {
  id: 'forward-squid-healthy',
  title: 'Squid that lets CONNECT through',
  needs: ['squid', 'nginx', 'openssl'],
  cause: null,
  codes: [],
  start: async (grounds) => {
    const { url, ca } = await startSite(grounds);
    const port = await startSquid(grounds);
    return { url, ca, proxy: `http://127.0.0.1:${port}` };
  },
};

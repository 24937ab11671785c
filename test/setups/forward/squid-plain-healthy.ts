import type { Setup } from '../setup.js';
import { startPlainSite, startSquid } from './support.js';

export const setup: Setup = {
  id: 'forward-squid-plain-healthy',
  title: 'ws:// through Squid: by CONNECT, so that it sees no Upgrade',
  needs: ['squid'],
  cause: null,
  codes: [],
  start: async (grounds) => {
    const { url } = await startPlainSite(grounds);
    const port = await startSquid(grounds);
    return { url, proxy: `http://127.0.0.1:${port}` };
  },
};

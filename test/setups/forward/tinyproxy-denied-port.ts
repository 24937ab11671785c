import type { Setup } from '../setup.js';
import { startSite, startTinyproxy } from './support.js';

export const setup: Setup = {
  id: 'forward-tinyproxy-denied-port',
  title: 'Tinyproxy with ConnectPort 443 alone',
  needs: ['tinyproxy', 'nginx', 'openssl'],
  cause: 'intermediary',
  codes: ['intermediary.connect-refused'],
  start: async (grounds) => {
    const { url, ca } = await startSite(grounds);
    const port = await startTinyproxy(grounds, ['ConnectPort 443']);
    return { url, ca, proxy: `http://127.0.0.1:${port}` };
  },
};

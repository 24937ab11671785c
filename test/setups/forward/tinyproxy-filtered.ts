import type { Setup } from '../setup.js';
import { startSite, startTinyproxy } from './support.js';

export const setup: Setup = {
  id: 'forward-tinyproxy-filtered',
  title: 'Tinyproxy with the host on its list of filters',
  needs: ['tinyproxy', 'nginx', 'openssl'],
  cause: 'intermediary',
  codes: ['intermediary.connect-refused'],
  start: async (grounds) => {
    const { url, ca } = await startSite(grounds);
    const port = await startTinyproxy(grounds, [`Filter "${grounds.file('filter', 'localhost\n')}"`]);
    return { url, ca, proxy: `http://127.0.0.1:${port}` };
  },
};

import type { Setup } from '../setup.js';
import { startDante, startSite } from './support.js';

export const setup: Setup = {
  id: 'forward-dante-denied',
  title: 'Dante whose rules let only port 443 through',
  needs: ['danted', 'nginx', 'openssl'],
  cause: 'intermediary',
  codes: ['intermediary.connect-refused'],
  start: async (grounds) => {
    const { url, ca } = await startSite(grounds);
    const port = await startDante(grounds, { to: '0.0.0.0/0 port = 443' });
    return { url, ca, proxy: `socks5://127.0.0.1:${port}` };
  },
};

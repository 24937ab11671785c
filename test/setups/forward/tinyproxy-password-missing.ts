import type { Setup } from '../setup.js';
import { startSite, startTinyproxy } from './support.js';

export const setup: Setup = {
  id: 'forward-tinyproxy-password-missing',
  title: 'Tinyproxy that wants a password',
  needs: ['tinyproxy', 'nginx', 'openssl'],
  cause: 'intermediary',
  codes: ['intermediary.proxy-auth-required'],
  start: async (grounds) => {
    const { url, ca } = await startSite(grounds);
    const port = await startTinyproxy(grounds, ['BasicAuth ann secret']);
    return { url, ca, proxy: `http://127.0.0.1:${port}` };
  },
};

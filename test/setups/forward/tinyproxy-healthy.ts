import type { Setup } from '../setup.js';
import { startSite, startTinyproxy } from './support.js';

export const setup: Setup = {
  id: 'forward-tinyproxy-healthy',
  title: 'Tinyproxy that lets CONNECT through',
  needs: ['tinyproxy', 'nginx', 'openssl'],
  cause: null,
  codes: [],
  start: async (grounds) => {
    const { url, ca } = await startSite(grounds);
    const port = await startTinyproxy(grounds);
    return { url, ca, proxy: `http://127.0.0.1:${port}` };
  },
};

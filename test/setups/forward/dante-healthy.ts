import type { Setup } from '../setup.js';
import { startDante, startSite } from './support.js';

export const setup: Setup = {
  id: 'forward-dante-healthy',
  title: 'Dante (SOCKS 5) that lets everybody through',
  needs: ['danted', 'nginx', 'openssl'],
  cause: null,
  codes: [],
  start: async (grounds) => {
    const { url, ca } = await startSite(grounds);
    const port = await startDante(grounds);
    return { url, ca, proxy: `socks5://127.0.0.1:${port}` };
  },
};

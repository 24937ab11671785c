import type { Setup } from '../setup.js';
import { startDante, startSite } from './support.js';

export const setup: Setup = {
  id: 'forward-dante-as-http',
  title: 'Dante, named as an HTTP proxy',
  needs: ['danted', 'nginx', 'openssl'],
  cause: 'intermediary',
  codes: ['intermediary.connect-malformed'],
  start: async (grounds) => {
    const { url, ca } = await startSite(grounds);
    const port = await startDante(grounds);
    return { url, ca, proxy: `http://127.0.0.1:${port}` };
  },
};

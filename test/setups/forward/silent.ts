import { startRaw } from '../network/support.js';
import type { Setup } from '../setup.js';
import { startSite } from './support.js';

export const setup: Setup = {
  id: 'forward-silent',
  title: 'A proxy that takes CONNECT and says nothing',
  needs: ['nginx', 'openssl'],
  cause: 'intermediary',
  codes: ['intermediary.connect-timeout'],
  start: async (grounds) => {
    const { url, ca } = await startSite(grounds);
    const port = await startRaw(grounds, (socket) => socket.resume());
    return { url, ca, proxy: `http://127.0.0.1:${port}` };
  },
};

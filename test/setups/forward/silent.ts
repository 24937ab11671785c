import { startRaw } from '../network/support.js';
import type { Setup } from '../setup.js';
import { startSite } from './support.js';

export const setup: Setup = {
  id: 'forward-silent',
  title: 'A proxy that takes CONNECT and says nothing',
  needs: ['nginx', 'openssl'],
  cause: 'intermediary',
  codes: ['intermediary.connect-timeout'],
  doctorOnly: 'The live proxy waits 90 s for the words of an upstream proxy, longer than the client of this test.',
  start: async (grounds) => {
    const { url, ca } = await startSite(grounds);
    const port = await startRaw(grounds, (socket) => socket.resume());
    return { url, ca, proxy: `http://127.0.0.1:${port}` };
  },
};

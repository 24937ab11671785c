import type { Setup } from '../setup.js';
import { startVite } from './support.js';

export const setup: Setup = {
  id: 'vite-proxy-down',
  title: 'Vite that proxies /ws to an application that does not run: it hangs up',
  cause: 'server',
  codes: ['server.empty-reply'],
  start: async (grounds) => {
    const nobody = await grounds.freePort();
    const port = await startVite(grounds, `server: { proxy: { '/ws': { target: 'ws://127.0.0.1:${nobody}', ws: true } } }`);
    return { url: `ws://127.0.0.1:${port}/ws` };
  },
};

import { startApp } from '../nginx/support.js';
import { remedyOf } from '../remedy-of.js';
import type { Setup } from '../setup.js';
import { startVite } from './support.js';

export const setup: Setup = {
  id: 'vite-proxy-without-ws',
  title: 'Vite that proxies /ws without `ws: true`: nobody answers the upgrade',
  cause: 'server',
  codes: ['server.no-upgrade-handler', 'server.slow'],
  start: async (grounds) => {
    const app = await startApp(grounds);
    const port = await startVite(grounds, `server: { proxy: { '/ws': { target: 'http://127.0.0.1:${app}' } } }`);
    return { url: `ws://127.0.0.1:${port}/ws` };
  },
  mends: [['Vite', 'upgrade']],
  mended: async (grounds) => {
    const app = await startApp(grounds);
    const code = remedyOf('Vite', 'upgrade');
    return { url: `ws://127.0.0.1:${await startVite(grounds, code.replace('localhost:8080', `127.0.0.1:${app}`))}/ws` };
  },
};

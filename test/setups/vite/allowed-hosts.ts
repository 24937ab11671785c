import { remedyOf } from '../remedy-of.js';
import type { Setup } from '../setup.js';
import { startVite } from './support.js';

const headers = { Host: 'my.host' };

export const setup: Setup = {
  id: 'vite-allowed-hosts',
  title: 'Vite asked for its HMR socket under a host name that is not in server.allowedHosts',
  cause: 'url',
  codes: ['url.wrong-host', 'url.wrong-endpoint'],
  start: async (grounds) => ({ url: `ws://127.0.0.1:${await startVite(grounds, '')}/`, protocols: ['vite-hmr'], headers }),
  mends: [['Vite', 'host']],
  mended: async (grounds) => ({
    url: `ws://127.0.0.1:${await startVite(grounds, remedyOf('Vite', 'host'))}/`,
    protocols: ['vite-hmr'],
    headers,
  }),
};

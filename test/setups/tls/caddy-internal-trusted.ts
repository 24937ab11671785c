import { join } from 'node:path';
import type { Setup } from '../setup.js';
import { startTlsCaddy } from './support.js';

export const setup: Setup = {
  id: 'tls-caddy-internal-trusted',
  title: 'Caddy with `tls internal`, and a client that knows its root',
  needs: ['caddy'],
  cause: null,
  codes: [],
  start: async (grounds) => {
    const port = await startTlsCaddy(grounds, { tls: 'internal' });
    return { url: `wss://localhost:${port}/chat`, ca: join(grounds.folder, 'data/caddy/pki/authorities/local/root.crt') };
  },
};

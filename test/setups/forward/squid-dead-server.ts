import type { Setup } from '../setup.js';
import { startSquid } from './support.js';

export const setup: Setup = {
  id: 'forward-squid-dead-server',
  title: 'Squid in front of a port on which nothing listens: 503',
  needs: ['squid'],
  cause: 'intermediary',
  codes: ['intermediary.connect-refused', 'url.refused'],
  start: async (grounds) => {
    const port = await startSquid(grounds);
    return { url: `wss://localhost:${await grounds.freePort()}/chat`, proxy: `http://127.0.0.1:${port}` };
  },
};

import type { Setup } from '../setup.js';
import { startTinyproxy } from './support.js';

export const setup: Setup = {
  id: 'forward-tinyproxy-dead-server',
  title: 'Tinyproxy in front of a port on which nothing listens',
  needs: ['tinyproxy'],
  cause: 'intermediary',
  codes: ['intermediary.connect-refused', 'url.refused'],
  start: async (grounds) => {
    const port = await startTinyproxy(grounds);
    return { url: `wss://localhost:${await grounds.freePort()}/chat`, proxy: `http://127.0.0.1:${port}` };
  },
};

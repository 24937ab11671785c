import type { Setup } from '../setup.js';
import { startDante } from './support.js';

export const setup: Setup = {
  id: 'forward-dante-dead-server',
  title: 'Dante in front of a port on which nothing listens',
  needs: ['danted'],
  cause: 'intermediary',
  codes: ['intermediary.connect-refused', 'url.refused'],
  start: async (grounds) => {
    const port = await startDante(grounds);
    return { url: `ws://127.0.0.1:${await grounds.freePort()}/chat`, proxy: `socks5://127.0.0.1:${port}` };
  },
};

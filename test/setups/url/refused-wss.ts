import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'url-refused-wss',
  title: 'wss:// to a port on which nothing listens',
  cause: 'url',
  codes: ['url.refused'],
  start: async (grounds) => ({ url: `wss://localhost:${await grounds.freePort()}/chat` }),
};

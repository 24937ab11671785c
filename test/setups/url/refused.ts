import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'url-refused',
  title: 'A port on which nothing listens',
  cause: 'url',
  codes: ['url.refused'],
  start: async (grounds) => ({ url: `ws://127.0.0.1:${await grounds.freePort()}/chat` }),
};

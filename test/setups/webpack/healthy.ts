import type { Setup } from '../setup.js';
import { startWebpack } from './support.js';

export const setup: Setup = {
  id: 'webpack-healthy',
  title: 'the socket of webpack-dev-server, asked by its own page',
  cause: null,
  codes: [],
  start: async (grounds) => {
    const port = await startWebpack(grounds, '');
    return { url: `ws://127.0.0.1:${port}/ws`, origin: `http://127.0.0.1:${port}` };
  },
};

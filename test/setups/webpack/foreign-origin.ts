import type { Setup } from '../setup.js';
import { startWebpack } from './support.js';

export const setup: Setup = {
  id: 'webpack-foreign-origin',
  title: 'webpack-dev-server asked by a page of another host: 101, a message, and the end',
  cause: 'origin',
  codes: ['origin.rejected'],
  start: async (grounds) => ({ url: `ws://127.0.0.1:${await startWebpack(grounds, '')}/ws`, origin: 'https://app.example' }),
};

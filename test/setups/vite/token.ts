import type { Setup } from '../setup.js';
import { startVite } from './support.js';

export const setup: Setup = {
  id: 'vite-token',
  title: 'the HMR socket of Vite, asked by a page without the token: 400',
  cause: 'origin',
  // Who sends no Origin needs no token.
  codes: ['origin.rejected', 'server.auth'],
  start: async (grounds) => {
    const port = await startVite(grounds, '');
    return { url: `ws://127.0.0.1:${port}/`, protocols: ['vite-hmr'], origin: `http://127.0.0.1:${port}` };
  },
};

import type { Setup } from '../setup.js';
import { startVite } from './support.js';

export const setup: Setup = {
  id: 'vite-healthy',
  title: 'the HMR socket of Vite',
  cause: null,
  codes: [],
  start: async (grounds) => ({ url: `ws://127.0.0.1:${await startVite(grounds, '')}/`, protocols: ['vite-hmr'] }),
};

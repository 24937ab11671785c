import type { Setup } from '../setup.js';
import { startVite } from './support.js';

export const setup: Setup = {
  id: 'vite-no-subprotocol',
  title: 'the HMR socket of Vite, asked without its subprotocol: nobody answers',
  cause: 'server',
  codes: ['server.no-upgrade-handler', 'server.slow'],
  start: async (grounds) => ({ url: `ws://127.0.0.1:${await startVite(grounds, '')}/` }),
};

import { startApp } from '../nginx/support.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'ws-healthy',
  title: 'npm ws as it comes',
  cause: null,
  codes: [],
  start: async (grounds) => ({ url: `ws://127.0.0.1:${await startApp(grounds)}/chat`, origin: 'https://app.example' }),
};

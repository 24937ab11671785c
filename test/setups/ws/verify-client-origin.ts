import { startApp } from '../nginx/support.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'ws-origin-list',
  title: 'npm ws behind an upgrade listener with a list of Origins: 403 to a foreign one',
  cause: 'origin',
  codes: ['origin.rejected'],
  start: async (grounds) => ({
    url: `ws://127.0.0.1:${await startApp(grounds, { origins: ['https://app.example'] })}/chat`,
    origin: 'https://evil.example',
  }),
};

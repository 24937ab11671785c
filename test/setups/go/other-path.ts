import type { Setup } from '../setup.js';
import { startGorilla } from './support.js';

export const setup: Setup = {
  id: 'go-other-path',
  title: 'gorilla at /ws, asked at another path: 404 page not found',
  needs: ['go', 'gorilla'],
  cause: 'url',
  codes: ['url.not-found'],
  start: async (grounds) => ({ url: `ws://127.0.0.1:${await startGorilla(grounds, { upgrader: 'websocket.Upgrader{}' })}/api/socket` }),
};

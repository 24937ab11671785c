import type { Setup } from '../setup.js';
import { startGorilla } from './support.js';

export const setup: Setup = {
  id: 'go-no-hijacker',
  title: 'gorilla behind middleware that hides http.Hijacker: 500',
  needs: ['go', 'gorilla'],
  cause: 'server',
  codes: ['server.internal-error'],
  start: async (grounds) => ({
    url: `ws://127.0.0.1:${await startGorilla(grounds, { upgrader: 'websocket.Upgrader{}', handle: 'withLog(echo)' })}/ws`,
  }),
};

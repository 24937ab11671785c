import { remedyOf } from '../remedy-of.js';
import type { Setup } from '../setup.js';
import { startGorilla } from './support.js';

export const setup: Setup = {
  id: 'go-healthy',
  title: 'gorilla that knows the subprotocol, asked by its own page',
  needs: ['go', 'gorilla'],
  cause: null,
  codes: [],
  start: async (grounds) => {
    const port = await startGorilla(grounds, { upgrader: remedyOf('Go', 'subprotocol') });
    return { url: `ws://127.0.0.1:${port}/ws`, origin: `http://127.0.0.1:${port}`, protocols: ['chat'] };
  },
};

import type { Setup } from '../setup.js';
import { startPython, websockets } from './support.js';

export const setup: Setup = {
  id: 'python-origin-missing',
  title: 'Python websockets with a list of Origins and without None in it, asked by a client that sends none',
  needs: ['python3:websockets'],
  cause: 'origin',
  codes: ['origin.missing'],
  start: async (grounds) => ({
    url: `ws://127.0.0.1:${await startPython(grounds, websockets('serve(handler, "0.0.0.0", 8080, origins=["https://app.example"])'))}/`,
  }),
};

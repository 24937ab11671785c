import { remedyOf } from '../remedy-of.js';
import type { Setup } from '../setup.js';
import { startPython, websockets } from './support.js';

export const setup: Setup = {
  id: 'python-healthy',
  title: 'Python websockets with a subprotocol',
  needs: ['python3:websockets'],
  cause: null,
  codes: [],
  start: async (grounds) => ({
    url: `ws://127.0.0.1:${await startPython(grounds, websockets(remedyOf('Python websockets', 'subprotocol')))}/`,
    protocols: ['chat'],
  }),
};

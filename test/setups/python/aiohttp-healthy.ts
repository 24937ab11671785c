import { remedyOf } from '../remedy-of.js';
import type { Setup } from '../setup.js';
import { aiohttpEcho, startPython } from './support.js';

export const setup: Setup = {
  id: 'aiohttp-healthy',
  title: 'aiohttp with a subprotocol',
  needs: ['python3:aiohttp'],
  cause: null,
  codes: [],
  start: async (grounds) => ({
    url: `ws://127.0.0.1:${await startPython(grounds, aiohttpEcho(remedyOf('aiohttp', 'subprotocol')))}/ws`,
    protocols: ['chat'],
  }),
};

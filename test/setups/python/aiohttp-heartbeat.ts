import type { Setup } from '../setup.js';
import { aiohttpEcho, startPython } from './support.js';

export const setup: Setup = {
  id: 'aiohttp-heartbeat',
  title: 'aiohttp that pings every second, and leaves where no Pong comes within half a second',
  needs: ['python3:aiohttp'],
  cause: null,
  codes: [],
  holdMs: 1300,
  start: async (grounds) => ({
    url: `ws://127.0.0.1:${await startPython(grounds, aiohttpEcho('web.WebSocketResponse(heartbeat=1)'))}/ws`,
  }),
};

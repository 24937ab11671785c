import type { Setup } from '../setup.js';
import { aiohttp, startPython } from './support.js';

export const setup: Setup = {
  id: 'aiohttp-500',
  title: 'aiohttp whose handler throws before the WebSocket is prepared: 500',
  needs: ['python3:aiohttp'],
  cause: 'server',
  codes: ['server.internal-error'],
  start: async (grounds) => ({
    url: `ws://127.0.0.1:${await startPython(grounds, aiohttp('async def handle(request):\n    raise KeyError("user")'))}/ws`,
  }),
};

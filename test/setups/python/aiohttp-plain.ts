import type { Setup } from '../setup.js';
import { aiohttp, startPython } from './support.js';

export const setup: Setup = {
  id: 'aiohttp-plain',
  title: 'aiohttp whose handler returns an ordinary response: 200',
  needs: ['python3:aiohttp'],
  cause: 'server',
  codes: ['server.status-200', 'server.no-upgrade-handler'],
  start: async (grounds) => ({
    url: `ws://127.0.0.1:${await startPython(grounds, aiohttp('async def handle(request):\n    return web.Response(text="hello")'))}/ws`,
  }),
};

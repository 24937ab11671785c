import type { Setup } from '../setup.js';
import { aiohttpEcho, startPython } from './support.js';

export const setup: Setup = {
  id: 'aiohttp-origin',
  title: 'aiohttp with a look at the Origin of its own: 403',
  needs: ['python3:aiohttp'],
  cause: 'origin',
  codes: ['origin.rejected'],
  start: async (grounds) => {
    const check = 'if request.headers.get("Origin", "http://127.0.0.1").startswith("https://evil"): raise web.HTTPForbidden()';
    return {
      url: `ws://127.0.0.1:${await startPython(grounds, aiohttpEcho('web.WebSocketResponse()', check))}/ws`,
      origin: 'https://evil.example',
    };
  },
};

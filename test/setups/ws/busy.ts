import { headFrom, startHttp } from '../node-server.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'ws-503',
  title: 'an upgrade listener that takes no more connections: 503 with Retry-After',
  cause: 'server',
  codes: ['server.overloaded'],
  start: async (grounds) => {
    const port = await startHttp(grounds, {
      upgrade: (_, socket) =>
        void socket.end(headFrom('HTTP/1.1 503 Service Unavailable', 'Retry-After: 30', 'Connection: close', 'Content-Length: 0')),
    });
    return { url: `ws://127.0.0.1:${port}/chat` };
  },
};

import { headFrom, startHttp } from '../node-server.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'ws-500',
  title: 'an upgrade listener whose catch answers 500',
  cause: 'server',
  codes: ['server.internal-error'],
  start: async (grounds) => {
    const port = await startHttp(grounds, {
      upgrade: (_, socket) => void socket.end(headFrom('HTTP/1.1 500 Internal Server Error', 'Connection: close', 'Content-Length: 0')),
    });
    return { url: `ws://127.0.0.1:${port}/chat` };
  },
};

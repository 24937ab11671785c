import { headFrom, startHttp } from '../node-server.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'ws-status-204',
  title: 'an upgrade listener that answers 204',
  cause: 'server',
  codes: ['server.status-unexpected'],
  start: async (grounds) => {
    const port = await startHttp(grounds, {
      upgrade: (_, socket) => void socket.end(headFrom('HTTP/1.1 204 No Content', 'Connection: close')),
    });
    return { url: `ws://127.0.0.1:${port}/chat` };
  },
};

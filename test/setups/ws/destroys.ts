import { startHttp } from '../node-server.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'ws-destroys',
  title: 'an upgrade listener that destroys the socket of a path that it does not know',
  cause: 'server',
  codes: ['server.empty-reply'],
  start: async (grounds) => {
    const port = await startHttp(grounds, {
      upgrade: (request, socket) => {
        if (request.url !== '/socket') socket.destroy();
      },
    });
    return { url: `ws://127.0.0.1:${port}/chat` };
  },
};

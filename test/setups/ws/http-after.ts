import { headFrom, startHttp, upgradeHead } from '../node-server.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'ws-http-after',
  title: 'an error handler that writes a 400 behind the 101',
  cause: 'server',
  codes: ['server.http-after-101'],
  start: async (grounds) => {
    const port = await startHttp(grounds, {
      upgrade: (request, socket) => {
        socket.write(upgradeHead(request));
        socket.end(headFrom('HTTP/1.1 400 Bad Request', 'Connection: close', 'Content-Length: 0'));
      },
    });
    return { url: `ws://127.0.0.1:${port}/chat` };
  },
};

import { acceptOf, headFrom, startHttp } from '../node-server.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'ws-connection-close',
  title: 'a hand-written 101 with Connection: close',
  cause: 'server',
  codes: ['server.bad-connection'],
  start: async (grounds) => {
    const port = await startHttp(grounds, {
      upgrade: (request, socket) =>
        void socket.write(
          headFrom(
            'HTTP/1.1 101 Switching Protocols',
            'Upgrade: websocket',
            'Connection: close',
            `Sec-WebSocket-Accept: ${acceptOf(request)}`,
          ),
        ),
    });
    return { url: `ws://127.0.0.1:${port}/chat` };
  },
};

import { acceptOf, headFrom, startHttp } from '../node-server.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'ws-no-upgrade-field',
  title: 'a hand-written 101 without Upgrade',
  cause: 'server',
  codes: ['server.missing-upgrade'],
  start: async (grounds) => {
    const port = await startHttp(grounds, {
      upgrade: (request, socket) =>
        void socket.write(
          headFrom('HTTP/1.1 101 Switching Protocols', 'Connection: Upgrade', `Sec-WebSocket-Accept: ${acceptOf(request)}`),
        ),
    });
    return { url: `ws://127.0.0.1:${port}/chat` };
  },
};

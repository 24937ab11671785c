import { headFrom, startHttp } from '../node-server.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'ws-no-accept',
  title: 'a hand-written 101 that forgets Sec-WebSocket-Accept',
  cause: 'server',
  codes: ['server.accept-missing'],
  start: async (grounds) => {
    const port = await startHttp(grounds, {
      upgrade: (_, socket) => void socket.write(headFrom('HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade')),
    });
    return { url: `ws://127.0.0.1:${port}/chat` };
  },
};

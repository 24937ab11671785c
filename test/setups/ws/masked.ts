import { startHttp, upgradeHead } from '../node-server.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'ws-masked',
  title: 'a hand-written server that masks its frames as a client has to',
  cause: 'frame',
  codes: ['frame.masked-from-server'],
  start: async (grounds) => {
    const port = await startHttp(grounds, {
      upgrade: (request, socket) => {
        socket.write(upgradeHead(request));
        socket.write(Buffer.from([0x81, 0x82, 1, 2, 3, 4, 'h'.charCodeAt(0) ^ 1, 'i'.charCodeAt(0) ^ 2]));
      },
    });
    return { url: `ws://127.0.0.1:${port}/chat` };
  },
};

import { startHttp, upgradeHead } from '../node-server.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'ws-early-frame',
  title: 'an upgrade listener that sends its greeting before the 101',
  cause: 'server',
  codes: ['server.early-data'],
  start: async (grounds) => {
    const port = await startHttp(grounds, {
      upgrade: (request, socket) => {
        socket.write(Buffer.concat([Buffer.from([0x81, 5]), Buffer.from('hello')]));
        socket.write(upgradeHead(request));
      },
    });
    return { url: `ws://127.0.0.1:${port}/chat` };
  },
};

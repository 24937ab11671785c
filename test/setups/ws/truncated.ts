import { startHttp, upgradeHead } from '../node-server.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'ws-truncated',
  title: 'an upgrade listener whose 101 lacks the blank line, and that ends the socket',
  cause: 'server',
  codes: ['server.truncated-response'],
  start: async (grounds) => {
    const port = await startHttp(grounds, {
      upgrade: (request, socket) => void socket.end(upgradeHead(request).slice(0, -2)),
    });
    return { url: `ws://127.0.0.1:${port}/chat` };
  },
};

import { startHttp, upgradeHead } from '../node-server.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'ws-old-extension',
  title: 'an old library that answers with an extension that nobody offered',
  cause: 'server',
  codes: ['server.extension-unrequested'],
  start: async (grounds) => {
    const port = await startHttp(grounds, {
      upgrade: (request, socket) => void socket.write(upgradeHead(request, 'Sec-WebSocket-Extensions: x-webkit-deflate-frame')),
    });
    return { url: `ws://127.0.0.1:${port}/chat` };
  },
};

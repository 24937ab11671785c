import type { Setup } from '../setup.js';
import { startRaw } from './support.js';

export const setup: Setup = {
  id: 'network-cut-head',
  title: 'A head that is cut off',
  cause: 'server',
  codes: ['server.truncated-response'],
  start: async (grounds) => {
    const port = await startRaw(grounds, (socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnec')),
    );
    return { url: `ws://127.0.0.1:${port}/chat` };
  },
};

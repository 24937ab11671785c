import type { Setup } from '../setup.js';
import { startRaw } from './support.js';

export const setup: Setup = {
  id: 'network-half-head',
  title: 'A status line, and then silence',
  cause: 'server',
  codes: ['server.truncated-response', 'server.slow'],
  start: async (grounds) => {
    const port = await startRaw(grounds, (socket) =>
      socket.once('data', () => socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n')),
    );
    return { url: `ws://127.0.0.1:${port}/chat` };
  },
};

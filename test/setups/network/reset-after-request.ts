import type { Setup } from '../setup.js';
import { startRaw } from './support.js';

export const setup: Setup = {
  id: 'network-reset-after-request',
  title: 'A RST in answer to each request',
  cause: 'server',
  codes: ['server.reset'],
  start: async (grounds) => {
    const port = await startRaw(grounds, (socket) => socket.once('data', () => socket.resetAndDestroy()));
    return { url: `ws://127.0.0.1:${port}/chat` };
  },
};

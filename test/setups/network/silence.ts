import type { Setup } from '../setup.js';
import { startRaw } from './support.js';

export const setup: Setup = {
  id: 'network-silence',
  title: 'A server that takes each request and says nothing',
  cause: 'server',
  codes: ['server.slow'],
  start: async (grounds) => {
    const port = await startRaw(grounds, (socket) => socket.resume());
    return { url: `ws://127.0.0.1:${port}/chat` };
  },
};

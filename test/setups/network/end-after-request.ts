import type { Setup } from '../setup.js';
import { startRaw } from './support.js';

export const setup: Setup = {
  id: 'network-end-after-request',
  title: 'The connection ends behind the request, without a byte',
  cause: 'server',
  codes: ['server.empty-reply'],
  start: async (grounds) => {
    const port = await startRaw(grounds, (socket) => socket.once('data', () => socket.end()));
    return { url: `ws://127.0.0.1:${port}/chat` };
  },
};

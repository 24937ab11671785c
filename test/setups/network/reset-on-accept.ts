import type { Setup } from '../setup.js';
import { startRaw } from './support.js';

export const setup: Setup = {
  id: 'network-reset-on-accept',
  title: 'A RST as soon as the connection stands',
  cause: 'server',
  codes: ['server.reset'],
  start: async (grounds) => {
    const port = await startRaw(grounds, (socket) => socket.resetAndDestroy());
    return { url: `ws://127.0.0.1:${port}/chat` };
  },
};

import { Socket } from 'node:net';
import { startHttp } from '../node-server.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'ws-resets',
  title: 'an upgrade listener that resets the connection',
  cause: 'server',
  codes: ['server.reset'],
  start: async (grounds) => {
    const port = await startHttp(grounds, {
      upgrade: (_, socket) => void (socket instanceof Socket && socket.resetAndDestroy()),
    });
    return { url: `ws://127.0.0.1:${port}/chat` };
  },
};

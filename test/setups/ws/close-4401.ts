import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { listen } from '../node-server.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'ws-close-4401',
  title: 'npm ws that closes with a code of its own half a moment after the 101',
  cause: 'server',
  codes: ['server.close-policy'],
  holdMs: 6000,
  start: async (grounds) => {
    const server = createServer();
    const wss = new WebSocketServer({ server });
    wss.on('connection', (socket) => setTimeout(() => socket.close(4401, 'Unauthorized'), 100));
    return { url: `ws://127.0.0.1:${await listen(grounds, server)}/chat` };
  },
};

import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { listen } from '../node-server.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'ws-close-1008',
  title: 'npm ws that closes with 1008 when no token stands in the query',
  cause: 'server',
  codes: ['server.close-policy'],
  start: async (grounds) => {
    const server = createServer();
    const wss = new WebSocketServer({ server });
    wss.on('connection', (socket) => socket.close(1008, 'token missing'));
    return { url: `ws://127.0.0.1:${await listen(grounds, server)}/chat` };
  },
};

import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { listen } from '../node-server.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'ws-close-1011',
  title: 'npm ws whose connection handler fails: 1011',
  cause: 'server',
  codes: ['server.close-policy'],
  start: async (grounds) => {
    const server = createServer();
    const wss = new WebSocketServer({ server });
    wss.on('connection', (socket) => {
      try {
        JSON.parse('');
      } catch {
        socket.close(1011, 'Internal error');
      }
    });
    return { url: `ws://127.0.0.1:${await listen(grounds, server)}/chat` };
  },
};

import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { listen } from '../node-server.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'ws-close-origin',
  title: 'npm ws that takes everybody and says in its Close that it does not know the Origin',
  cause: 'origin',
  codes: ['origin.rejected'],
  start: async (grounds) => {
    const server = createServer();
    const wss = new WebSocketServer({ server });
    wss.on('connection', (socket, { headers }) => {
      if (headers.origin !== 'https://app.example' && headers.origin !== undefined) socket.close(1008, 'Origin not allowed');
    });
    return { url: `ws://127.0.0.1:${await listen(grounds, server)}/chat`, origin: 'https://evil.example' };
  },
};

import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { listen } from '../node-server.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'ws-terminates',
  title: 'npm ws whose connection handler terminates the socket at once',
  cause: 'server',
  codes: ['server.close-after-101', 'server.rst-after-101'],
  start: async (grounds) => {
    const server = createServer();
    const wss = new WebSocketServer({ server });
    wss.on('connection', (socket) => socket.terminate());
    return { url: `ws://127.0.0.1:${await listen(grounds, server)}/chat` };
  },
};

import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { listen } from '../node-server.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'ws-healthy-all',
  title: 'npm ws with compression, a subprotocol, a list of Origins and Pings',
  cause: null,
  codes: [],
  start: async (grounds) => {
    const server = createServer();
    const wss = new WebSocketServer({
      server,
      perMessageDeflate: { threshold: 0 },
      verifyClient: ({ origin }: { readonly origin?: string }) => origin === 'https://app.example',
    });
    wss.on('connection', (socket) => {
      socket.send('welcome');
      socket.ping();
    });
    return { url: `ws://127.0.0.1:${await listen(grounds, server)}/chat`, origin: 'https://app.example', protocols: ['chat', 'superchat'] };
  },
};

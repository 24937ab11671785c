import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { listen, upgradeHead } from '../node-server.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'ws-two-listeners',
  title: 'npm ws and a listener written by hand both answer the handshake',
  cause: 'server',
  codes: ['server.double-handler'],
  start: async (grounds) => {
    const server = createServer();
    new WebSocketServer({ server });
    server.on('upgrade', (request, socket) => socket.write(upgradeHead(request)));
    return { url: `ws://127.0.0.1:${await listen(grounds, server)}/chat` };
  },
};

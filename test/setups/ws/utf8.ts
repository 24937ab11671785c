import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { listen } from '../node-server.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'ws-utf8',
  title: 'npm ws that sends bytes of Latin-1 as text',
  cause: 'frame',
  codes: ['frame.utf8'],
  start: async (grounds) => {
    const server = createServer();
    const wss = new WebSocketServer({ server });
    wss.on('connection', (socket) => socket.send(Buffer.from('caf\xe9', 'latin1'), { binary: false }));
    return { url: `ws://127.0.0.1:${await listen(grounds, server)}/chat` };
  },
};

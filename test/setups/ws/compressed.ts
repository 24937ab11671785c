import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { listen } from '../node-server.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'ws-compressed',
  title: 'npm ws with compression, and a listener that takes the extension out of the 101',
  cause: 'frame',
  codes: ['frame.rsv'],
  start: async (grounds) => {
    const server = createServer();
    const wss = new WebSocketServer({ server, perMessageDeflate: { threshold: 0 } });
    wss.on('headers', (headers) =>
      headers.splice(0, headers.length, ...headers.filter((line) => !/^Sec-WebSocket-Extensions/i.test(line))),
    );
    wss.on('connection', (socket) => socket.send('a greeting, a greeting, a greeting'));
    return { url: `ws://127.0.0.1:${await listen(grounds, server)}/chat` };
  },
};

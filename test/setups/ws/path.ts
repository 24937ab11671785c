import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { listen } from '../node-server.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'ws-path',
  title: 'npm ws with another `path` than the client asks for: 400 Bad Request',
  cause: 'url',
  codes: ['url.wrong-endpoint', 'url.not-found'],
  start: async (grounds) => {
    const server = createServer();
    new WebSocketServer({ server, path: '/ws' });
    return { url: `ws://127.0.0.1:${await listen(grounds, server)}/chat` };
  },
};

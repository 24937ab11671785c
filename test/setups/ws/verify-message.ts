import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { listen } from '../node-server.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'ws-verify-message',
  title: 'npm ws whose verifyClient refuses an Origin with a status and a reason of its own',
  cause: 'origin',
  codes: ['origin.rejected'],
  start: async (grounds) => {
    const server = createServer();
    new WebSocketServer({ server, verifyClient: ({ origin }, done) => done(origin === 'https://app.example', 403, 'Forbidden') });
    return { url: `ws://127.0.0.1:${await listen(grounds, server)}/chat`, origin: 'https://evil.example' };
  },
};

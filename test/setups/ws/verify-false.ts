import { createServer, type IncomingMessage } from 'node:http';
import { WebSocketServer } from 'ws';
import { listen } from '../node-server.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'ws-verify-false',
  title: 'npm ws with a verifyClient that wants a token: 401 without one',
  cause: 'server',
  codes: ['server.auth'],
  start: async (grounds) => {
    const server = createServer();
    new WebSocketServer({ server, verifyClient: ({ req }: { readonly req: IncomingMessage }) => req.headers.authorization !== undefined });
    return { url: `ws://127.0.0.1:${await listen(grounds, server)}/chat` };
  },
};

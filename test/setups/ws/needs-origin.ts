import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { listen } from '../node-server.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'ws-needs-origin',
  title: 'npm ws with a list of Origins, asked without one: 401',
  cause: 'origin',
  codes: ['origin.missing'],
  start: async (grounds) => {
    const server = createServer();
    new WebSocketServer({
      server,
      verifyClient: ({ origin }: { readonly origin?: string }) =>
        origin === undefined ? false : origin.endsWith('.example') || origin.startsWith('http://127.0.0.1'),
    });
    return { url: `ws://127.0.0.1:${await listen(grounds, server)}/chat` };
  },
};

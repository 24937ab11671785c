import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { listen } from '../node-server.js';
import { remedyOf } from '../remedy-of.js';
import type { Setup } from '../setup.js';
import { runServer } from './support.js';

export const setup: Setup = {
  id: 'ws-verify-origin',
  title: 'npm ws with a list of Origins in verifyClient: 401 to a foreign one',
  cause: 'origin',
  codes: ['origin.rejected'],
  mends: [['ws (Node)', 'origin']],
  mended: async (grounds) => ({
    url: `ws://127.0.0.1:${await runServer(grounds, remedyOf('ws (Node)', 'origin'))}/chat`,
    origin: 'https://app.example',
  }),
  start: async (grounds) => {
    const server = createServer();
    new WebSocketServer({ server, verifyClient: ({ origin }: { readonly origin: string }) => ['https://app.example'].includes(origin) });
    return { url: `ws://127.0.0.1:${await listen(grounds, server)}/chat`, origin: 'https://evil.example' };
  },
};

import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { runExpress } from '../express/support.js';
import { listen } from '../node-server.js';
import { remedyOf } from '../remedy-of.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'ws-two-servers',
  title: 'two WebSocketServers with a path each on one http server: the first says 400 to what is meant for the second',
  cause: 'url',
  // On the wire it is a wrong path at the first of them.
  codes: ['url.wrong-endpoint', 'server.bad-request'],
  start: async (grounds) => {
    const server = createServer();
    new WebSocketServer({ server, path: '/one' });
    new WebSocketServer({ server, path: '/two' });
    return { url: `ws://127.0.0.1:${await listen(grounds, server)}/two` };
  },
  mends: [['ws (Node)', 'handler']],
  mended: async (grounds) => ({
    url: `ws://127.0.0.1:${await runExpress(grounds, remedyOf('ws (Node)', 'handler'))}/ws`,
    origin: 'https://app.example',
  }),
};

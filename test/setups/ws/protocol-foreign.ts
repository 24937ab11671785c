import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { listen } from '../node-server.js';
import { remedyOf } from '../remedy-of.js';
import type { Setup } from '../setup.js';
import { runServer } from './support.js';

export const setup: Setup = {
  id: 'ws-protocol-foreign',
  title: 'npm ws whose handleProtocols names a subprotocol that was not offered',
  cause: 'server',
  codes: ['server.subprotocol-mismatch'],
  mends: [['ws (Node)', 'subprotocol']],
  mended: async (grounds) => ({
    url: `ws://127.0.0.1:${await runServer(grounds, remedyOf('ws (Node)', 'subprotocol'))}/chat`,
    protocols: ['chat'],
  }),
  start: async (grounds) => {
    const server = createServer();
    new WebSocketServer({ server, handleProtocols: () => 'graphql-transport-ws' });
    return { url: `ws://127.0.0.1:${await listen(grounds, server)}/chat`, protocols: ['graphql-ws'] };
  },
};

import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'network-end-after-101',
  title: 'A good 101, and then FIN',
  cause: 'server',
  codes: ['server.close-after-101'],
  start: async (grounds) => {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    server.on('connection', (_, { socket }) => socket.end());
    await new Promise((resolve) => server.once('listening', resolve));
    grounds.atEnd(() => server.close());
    return { url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/chat` };
  },
};

import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'network-reset-after-101',
  title: 'A good 101, and then RST',
  cause: 'server',
  codes: ['server.rst-after-101'],
  start: async (grounds) => {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    server.on('connection', (_, { socket }) => socket.resetAndDestroy());
    await new Promise((resolve) => server.once('listening', resolve));
    grounds.atEnd(() => server.close());
    return { url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/chat` };
  },
};

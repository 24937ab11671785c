import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'url-ws-path',
  title: "npm ws with the option path: '/ws', asked at /chat",
  cause: 'url',
  codes: ['url.wrong-endpoint'],
  start: async (grounds) => {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0, path: '/ws' });
    await new Promise((resolve) => server.once('listening', resolve));
    grounds.atEnd(() => server.close());
    return { url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/chat` };
  },
};

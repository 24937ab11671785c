import type { Setup } from '../setup.js';
import { startSocketIo } from './support.js';

export const setup: Setup = {
  id: 'socket-io-plain-client',
  title: 'a plain WebSocket client at / of a socket.io server: silence, then the end',
  cause: 'url',
  codes: ['url.wrong-endpoint', 'server.empty-reply'],
  start: async (grounds) => ({ url: `ws://127.0.0.1:${await startSocketIo(grounds)}/` }),
};

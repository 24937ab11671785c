import type { Setup } from '../setup.js';
import { startSocketIo } from './support.js';

export const setup: Setup = {
  id: 'socket-io-old-client',
  title: 'socket.io 4, asked as a client of version 2 does (EIO=3)',
  cause: 'url',
  codes: ['url.socketio-params'],
  start: async (grounds) => ({ url: `ws://127.0.0.1:${await startSocketIo(grounds)}/socket.io/?EIO=3&transport=websocket` }),
};

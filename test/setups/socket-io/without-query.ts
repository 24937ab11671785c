import type { Setup } from '../setup.js';
import { startSocketIo } from './support.js';

export const setup: Setup = {
  id: 'socket-io-without-query',
  title: 'the path of socket.io without its query',
  cause: 'url',
  codes: ['url.socketio-params'],
  start: async (grounds) => ({ url: `ws://127.0.0.1:${await startSocketIo(grounds)}/socket.io/` }),
};

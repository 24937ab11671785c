import type { Setup } from '../setup.js';
import { engineQuery, startSocketIo } from './support.js';

export const setup: Setup = {
  id: 'socket-io-polling-only',
  title: 'socket.io with polling as its only transport',
  cause: 'url',
  codes: ['url.socketio-params'],
  start: async (grounds) => ({
    url: `ws://127.0.0.1:${await startSocketIo(grounds, { transports: ['polling'] })}/socket.io/?${engineQuery}`,
  }),
};

import type { Setup } from '../setup.js';
import { engineQuery, startSocketIo } from './support.js';

export const setup: Setup = {
  id: 'socket-io-other-path',
  title: 'socket.io at a path of its own, asked at the usual one: silence, then the end',
  cause: 'url',
  codes: ['url.wrong-endpoint', 'server.empty-reply'],
  start: async (grounds) => ({ url: `ws://127.0.0.1:${await startSocketIo(grounds, { path: '/realtime/' })}/socket.io/?${engineQuery}` }),
};

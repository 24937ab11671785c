import type { Setup } from '../setup.js';
import { engineQuery, startSocketIo } from './support.js';

export const setup: Setup = {
  id: 'socket-io-unknown-session',
  title: 'the upgrade of a polling session that another socket.io server gave out',
  cause: 'intermediary',
  codes: ['intermediary.sticky-session'],
  start: async (grounds) => ({ url: `ws://127.0.0.1:${await startSocketIo(grounds)}/socket.io/?${engineQuery}&sid=o3Bvd9vT3qzX0h2cAAAA` }),
};

import type { Setup } from '../setup.js';
import { engineQuery, startSocketIo } from './support.js';

export const setup: Setup = {
  id: 'socket-io-cors-only',
  title: 'socket.io with a list of Origins in cors only: that does not refuse a WebSocket',
  cause: null,
  codes: [],
  start: async (grounds) => ({
    url: `ws://127.0.0.1:${await startSocketIo(grounds, { cors: { origin: ['https://app.example'], credentials: true } })}/socket.io/?${engineQuery}`,
    origin: 'https://evil.example',
  }),
};

import { remedyOf } from '../remedy-of.js';
import type { Setup } from '../setup.js';
import { engineQuery, runSocketIo } from './support.js';

const code = remedyOf('socket.io', 'origin');

export const setup: Setup = {
  id: 'socket-io-allow-request',
  title: 'socket.io with the allowRequest that users are shown, asked from another Origin',
  cause: 'origin',
  codes: ['origin.rejected'],
  start: async (grounds) => ({
    url: `ws://127.0.0.1:${await runSocketIo(grounds, code)}/socket.io/?${engineQuery}`,
    origin: 'https://evil.example',
  }),
  mends: [['socket.io', 'origin']],
  mended: async (grounds) => ({
    url: `ws://127.0.0.1:${await runSocketIo(grounds, code.replaceAll('https://app.example', 'https://evil.example'))}/socket.io/?${engineQuery}`,
    origin: 'https://evil.example',
  }),
};

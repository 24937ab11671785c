import { startRaw } from '../network/support.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'tls-silent',
  title: 'A port that takes the ClientHello and says nothing',
  cause: 'certificate',
  codes: ['tls.handshake-timeout'],
  start: async (grounds) => ({ url: `wss://localhost:${await startRaw(grounds, (socket) => socket.resume())}/chat` }),
};

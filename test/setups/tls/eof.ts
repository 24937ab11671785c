import { startRaw } from '../network/support.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'tls-eof',
  title: 'A port that ends the connection behind the ClientHello, as a TCP balancer without a live server does',
  cause: 'certificate',
  codes: ['tls.handshake-eof'],
  start: async (grounds) => ({
    url: `wss://localhost:${await startRaw(grounds, (socket) => socket.once('data', () => socket.end()))}/chat`,
  }),
};

import { startApp } from '../nginx/support.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'ws-asked-over-tls',
  title: 'npm ws on a port without TLS, asked with wss',
  cause: 'url',
  codes: ['url.scheme-mismatch-tls-to-plain'],
  start: async (grounds) => ({ url: `wss://localhost:${await startApp(grounds)}/chat` }),
};

import { startApp } from '../nginx/support.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'url-tls-to-ws',
  title: 'wss:// to npm ws without TLS',
  cause: 'url',
  codes: ['url.scheme-mismatch-tls-to-plain'],
  start: async (grounds) => {
    const port = await startApp(grounds);
    return { url: `wss://localhost:${port}/chat` };
  },
};

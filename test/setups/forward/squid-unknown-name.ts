import type { Setup } from '../setup.js';
import { startSquid } from './support.js';

export const setup: Setup = {
  id: 'forward-squid-unknown-name',
  title: 'Squid that does not resolve the name: 503',
  needs: ['squid'],
  cause: 'intermediary',
  codes: ['intermediary.connect-refused', 'url.dns'],
  start: async (grounds) => {
    const port = await startSquid(grounds, ['dns_nameservers 127.0.0.1', 'dns_timeout 1 seconds', 'http_access allow all']);
    return { url: 'wss://chat.invalid/chat', proxy: `http://127.0.0.1:${port}` };
  },
};

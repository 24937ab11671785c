import type { Setup } from '../setup.js';
import { startSite, startSquid } from './support.js';

export const setup: Setup = {
  id: 'forward-squid-denied-host',
  title: 'Squid whose rules deny the host',
  needs: ['squid', 'nginx', 'openssl'],
  cause: 'intermediary',
  codes: ['intermediary.connect-refused'],
  start: async (grounds) => {
    const { url, ca } = await startSite(grounds);
    const port = await startSquid(grounds, ['acl blocked dstdomain localhost', 'http_access deny blocked', 'http_access allow all']);
    return { url, ca, proxy: `http://127.0.0.1:${port}` };
  },
};

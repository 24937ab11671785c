import type { Setup } from '../setup.js';
import { startSite, startSquid } from './support.js';

export const setup: Setup = {
  id: 'forward-squid-as-socks',
  title: 'Squid, named as a SOCKS proxy',
  needs: ['squid', 'nginx', 'openssl'],
  cause: 'intermediary',
  codes: ['intermediary.connect-timeout', 'intermediary.connect-malformed'],
  doctorOnly: 'The live proxy waits 90 s for the words of an upstream proxy, longer than the client of this test.',
  start: async (grounds) => {
    const { url, ca } = await startSite(grounds);
    const port = await startSquid(grounds);
    return { url, ca, proxy: `socks5://127.0.0.1:${port}` };
  },
};

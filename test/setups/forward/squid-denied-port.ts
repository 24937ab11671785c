import { remedyOf } from '../remedy-of.js';
import type { Setup } from '../setup.js';
import { startSite, startSquid } from './support.js';

/** What Debian's squid.conf has. */
const usual = ['acl SSL_ports port 443', 'http_access deny CONNECT !SSL_ports', 'http_access allow all'];

export const setup: Setup = {
  id: 'forward-squid-denied-port',
  title: 'Squid as it comes: CONNECT to port 443 only, and the server is on another one',
  needs: ['squid', 'nginx', 'openssl'],
  cause: 'intermediary',
  codes: ['intermediary.connect-refused'],
  start: async (grounds) => {
    const { url, ca } = await startSite(grounds);
    return { url, ca, proxy: `http://127.0.0.1:${await startSquid(grounds, usual)}` };
  },
  mends: [['Squid', 'filter']],
  mended: async (grounds) => {
    const { url, ca, port } = await startSite(grounds);
    const shown = remedyOf('Squid', 'filter').replace('8443', String(port));
    return { url, ca, proxy: `http://127.0.0.1:${await startSquid(grounds, [shown, ...usual])}` };
  },
};

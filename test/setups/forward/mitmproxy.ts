import type { Setup } from '../setup.js';
import { startSite } from './support.js';

export const setup: Setup = {
  id: 'forward-mitmproxy',
  title: 'mitmproxy on the way, whose CA the client does not know: it opens the TLS as a filter of a company does',
  needs: ['mitmdump', 'nginx', 'openssl'],
  cause: 'intermediary',
  codes: ['intermediary.tls-interception'],
  start: async (grounds) => {
    const { url, ca } = await startSite(grounds);
    const port = await grounds.freePort();
    const options = [
      '--listen-host',
      '127.0.0.1',
      '--listen-port',
      String(port),
      '--set',
      `confdir=${grounds.folder}/mitm`,
      '--ssl-insecure',
      '--quiet',
    ];
    await grounds.run(grounds.program('mitmdump'), options, { port });
    return { url, ca, proxy: `http://127.0.0.1:${port}` };
  },
};

import type { Setup } from '../setup.js';
import { startSite } from './support.js';

export const setup: Setup = {
  id: 'forward-mitmproxy-trusted',
  title: 'mitmproxy on the way, whose CA the client was given',
  needs: ['mitmdump', 'nginx', 'openssl'],
  cause: null,
  codes: [],
  start: async (grounds) => {
    const { url } = await startSite(grounds);
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
    return { url, ca: `${grounds.folder}/mitm/mitmproxy-ca-cert.pem`, proxy: `http://127.0.0.1:${port}` };
  },
};

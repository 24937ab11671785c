import type { Setup } from '../setup.js';
import { openPki } from '../tls/pki.js';
import { startTlsNginx } from '../tls/support.js';

export const setup: Setup = {
  id: 'forward-mitmproxy-bad-server',
  title: 'mitmproxy on the way, whose CA the client was given, in front of a server with an expired certificate: 502',
  needs: ['mitmdump', 'nginx', 'openssl'],
  cause: 'intermediary',
  codes: ['intermediary.bad-gateway'],
  start: async (grounds) => {
    const pki = openPki(grounds);
    const site = pki.issue({ days: [-90, -9] });
    const server = await startTlsNginx(grounds, { cert: site.cert, key: site.key });
    const port = await grounds.freePort();
    const options = [
      '--listen-host',
      '127.0.0.1',
      '--listen-port',
      String(port),
      '--set',
      `confdir=${grounds.folder}/mitm`,
      '--set',
      'connection_strategy=lazy',
      '--quiet',
    ];
    await grounds.run(grounds.program('mitmdump'), options, { port });
    return { url: `wss://localhost:${server}/chat`, ca: `${grounds.folder}/mitm/mitmproxy-ca-cert.pem`, proxy: `http://127.0.0.1:${port}` };
  },
};

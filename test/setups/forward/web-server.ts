import type { Setup } from '../setup.js';
import { startSite } from './support.js';

export const setup: Setup = {
  id: 'forward-web-server',
  title: 'An ordinary web server (lighttpd) where the proxy should be',
  needs: ['nginx', 'openssl', 'lighttpd'],
  cause: 'intermediary',
  codes: ['intermediary.connect-refused', 'intermediary.connect-malformed'],
  start: async (grounds) => {
    const { url, ca } = await startSite(grounds);
    const port = await grounds.freePort();
    const path = grounds.file(
      'lighttpd.conf',
      `server.document-root = "${grounds.folder}"\nserver.bind = "127.0.0.1"\nserver.port = ${port}\n`,
    );
    await grounds.run(grounds.program('lighttpd'), ['-D', '-f', path], { port });
    return { url, ca, proxy: `http://127.0.0.1:${port}` };
  },
};

import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'url-lighttpd-404',
  title: 'lighttpd with files, and nothing at that path',
  needs: ['lighttpd'],
  cause: 'url',
  codes: ['url.not-found'],
  start: async (grounds) => {
    const port = await grounds.freePort();
    const path = grounds.file(
      'lighttpd.conf',
      `server.document-root = "${grounds.folder}"\nserver.bind = "127.0.0.1"\nserver.port = ${port}\n`,
    );
    await grounds.run(grounds.program('lighttpd'), ['-D', '-f', path], { port });
    return { url: `ws://127.0.0.1:${port}/chat` };
  },
};

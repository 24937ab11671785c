import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'python-http-server',
  title: 'python3 -m http.server, which knows files only: the list of a folder',
  needs: ['python3:http'],
  cause: 'server',
  codes: ['server.status-200', 'server.no-upgrade-handler'],
  start: async (grounds) => {
    const port = await grounds.freePort();
    await grounds.run('/usr/bin/python3', ['-m', 'http.server', '--bind', '127.0.0.1', String(port)], { port });
    return { url: `ws://127.0.0.1:${port}/` };
  },
};

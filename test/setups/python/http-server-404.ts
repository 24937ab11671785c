import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'python-http-server-404',
  title: 'python3 -m http.server, asked for what is no file of its folder',
  needs: ['python3:http'],
  cause: 'url',
  codes: ['url.not-found'],
  start: async (grounds) => {
    const port = await grounds.freePort();
    await grounds.run('/usr/bin/python3', ['-m', 'http.server', '--bind', '127.0.0.1', String(port)], { port });
    return { url: `ws://127.0.0.1:${port}/ws` };
  },
};

import { startHttp } from '../node-server.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'ws-no-listener',
  title: 'Node http without an upgrade listener: its ordinary handler answers 200',
  cause: 'server',
  codes: ['server.no-upgrade-handler', 'server.status-200'],
  start: async (grounds) => {
    const port = await startHttp(grounds, {
      request: (_, response) => void response.setHeader('Content-Type', 'text/plain').end('hello\n'),
    });
    return { url: `ws://127.0.0.1:${port}/chat` };
  },
};

import { createServer } from 'node:http';
import { listen } from '../node-server.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'ws-silent',
  title: 'an upgrade listener that never answers, and keeps the socket when the client has gone',
  cause: 'server',
  codes: ['server.slow', 'server.no-upgrade-handler'],
  start: async (grounds) => {
    const server = createServer((_, response) => void response.end('an application\n')).on('upgrade', () => {});
    return { url: `ws://127.0.0.1:${await listen(grounds, server)}/chat` };
  },
};

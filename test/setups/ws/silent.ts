import { startHttp } from '../node-server.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'ws-silent',
  title: 'an upgrade listener that never answers',
  cause: 'server',
  codes: ['server.slow', 'server.no-upgrade-handler'],
  start: async (grounds) => {
    const port = await startHttp(grounds, {
      upgrade: () => {},
    });
    return { url: `ws://127.0.0.1:${port}/chat` };
  },
};

import fastify from 'fastify';
import type { Setup } from '../setup.js';
import { startFastify } from './support.js';

export const setup: Setup = {
  id: 'fastify-route',
  title: 'Fastify with an ordinary route at the path, as when its WebSocket plugin was never registered: 200 in JSON',
  cause: 'server',
  codes: ['server.no-upgrade-handler', 'server.status-200'],
  start: async (grounds) => {
    const app = fastify();
    app.get('/ws', async () => ({ ok: true }));
    return { url: `ws://127.0.0.1:${await startFastify(grounds, app)}/ws` };
  },
};

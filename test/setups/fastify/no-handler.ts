import fastify from 'fastify';
import { remedyOf } from '../remedy-of.js';
import type { Setup } from '../setup.js';
import { runFastify, startFastify } from './support.js';

export const setup: Setup = {
  id: 'fastify-no-handler',
  title: 'Fastify without anything that takes upgrades: 404 in JSON',
  cause: 'server',
  codes: ['server.no-upgrade-handler', 'url.not-found'],
  start: async (grounds) => {
    const app = fastify();
    app.get('/', async () => ({ hello: 'world' }));
    return { url: `ws://127.0.0.1:${await startFastify(grounds, app)}/ws` };
  },
  mends: [['Fastify', 'handler']],
  mended: async (grounds) => ({
    url: `ws://127.0.0.1:${await runFastify(grounds, remedyOf('Fastify', 'handler'))}/ws`,
    origin: 'https://app.example',
  }),
};

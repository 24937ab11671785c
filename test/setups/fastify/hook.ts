import fastify from 'fastify';
import type { Setup } from '../setup.js';
import { startFastify } from './support.js';

export const setup: Setup = {
  id: 'fastify-hook',
  title: 'Fastify with a hook that wants a token: 401 in JSON with a challenge',
  cause: 'server',
  codes: ['server.auth'],
  start: async (grounds) => {
    const app = fastify();
    app.addHook('onRequest', async (request, reply) => {
      if (!request.headers.authorization)
        await reply
          .code(401)
          .header('WWW-Authenticate', 'Bearer')
          .send({ statusCode: 401, error: 'Unauthorized', message: 'No Authorization was found' });
    });
    app.get('/ws', async () => 'a socket');
    return { url: `ws://127.0.0.1:${await startFastify(grounds, app)}/ws` };
  },
};

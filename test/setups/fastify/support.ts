import type { FastifyInstance } from 'fastify';
import type { Grounds } from '../grounds.js';
import { runModule } from '../node-server.js';

/** Lets an app of this process listen; gives its port. */
export const startFastify = async (grounds: Grounds, app: FastifyInstance): Promise<number> => {
  grounds.atEnd(() => {
    app.server.closeAllConnections();
    return app.close();
  });
  return Number(new URL(await app.listen({ port: 0, host: '127.0.0.1' })).port);
};

/** The lines around the code that users are shown. */
export const runFastify = (grounds: Grounds, code: string): Promise<number> =>
  runModule(
    grounds,
    `import Fastify from 'fastify';
import { WebSocketServer } from 'ws';
const app = Fastify();
app.get('/', async () => 'an application');
${code.replace('{ port: 8080 }', "{ port: PORT, host: '127.0.0.1' }")}
`,
  );

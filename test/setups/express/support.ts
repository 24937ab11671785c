import type { Grounds } from '../grounds.js';
import { runModule } from '../node-server.js';

/** The lines around the code that users are shown: it names its port, and listens on every address. */
export const runExpress = (grounds: Grounds, code: string): Promise<number> =>
  runModule(
    grounds,
    `import { createServer } from 'node:http';
import express from 'express';
import { WebSocketServer } from 'ws';
const app = express();
app.get('/', (_, response) => response.send('an application'));
${code.replace('listen(8080)', "listen(PORT, '127.0.0.1')")}
`,
  );

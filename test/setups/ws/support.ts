import type { Grounds } from '../grounds.js';
import { runModule } from '../node-server.js';

/** The lines of code around which the documentation of ws puts its server; `code` is what users are shown. */
export const runServer = (grounds: Grounds, code: string): Promise<number> =>
  runModule(
    grounds,
    `import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
const server = createServer();
${code}
server.listen(PORT, '127.0.0.1');
`,
  );

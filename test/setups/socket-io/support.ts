import { createServer } from 'node:http';
import { Server, type ServerOptions } from 'socket.io';
import type { Grounds } from '../grounds.js';
import { listen, runModule } from '../node-server.js';

/** socket.io on a server of this process; gives its port. */
export const startSocketIo = async (grounds: Grounds, options: Partial<ServerOptions> = {}): Promise<number> => {
  const server = createServer((_, response) => void response.end('an application\n'));
  const io = new Server(server, options);
  const port = await listen(grounds, server);
  grounds.atEnd(() => io.engine.close());
  return port;
};

/** The lines around the code that users are shown. */
export const runSocketIo = (grounds: Grounds, code: string): Promise<number> =>
  runModule(
    grounds,
    `import { createServer } from 'node:http';
import { Server } from 'socket.io';
const httpServer = createServer();
${code}
httpServer.listen(PORT, '127.0.0.1');
`,
  );

/** What a socket.io client of version 3 or 4 asks for. */
export const engineQuery = 'EIO=4&transport=websocket';

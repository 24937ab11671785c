import { runModule } from '../node-server.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'ws-crash',
  title: 'npm ws whose connection handler throws: the process dies behind the 101, and its cluster starts another',
  cause: 'server',
  codes: ['server.close-after-101', 'server.rst-after-101'],
  // A process takes its time to die on a busy machine.
  holdMs: 6000,
  start: async (grounds) => {
    const port = await runModule(
      grounds,
      `import cluster from 'node:cluster';
import { WebSocketServer } from 'ws';
if (cluster.isPrimary) {
  cluster.on('exit', () => cluster.fork());
  for (let one = 0; one < 3; one += 1) cluster.fork();
} else {
  const wss = new WebSocketServer({ port: PORT, host: '127.0.0.1' });
  wss.on('connection', (socket, request) => socket.send(request.user.name));
}
`,
    );
    return { url: `ws://127.0.0.1:${port}/chat` };
  },
};

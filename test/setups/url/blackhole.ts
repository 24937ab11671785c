import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Setup } from '../setup.js';

/** A queue of one that is full: the system drops each further SYN, as a firewall does. */
const full = (port: number): string => `import socket, time
server = socket.socket()
server.bind(('127.0.0.1', ${port}))
server.listen(0)
kept = []
for _ in range(3):
    one = socket.socket()
    one.setblocking(False)
    one.connect_ex(('127.0.0.1', ${port}))
    kept.append(one)
open('ready', 'w').close()
time.sleep(600)
`;

export const setup: Setup = {
  id: 'url-blackhole',
  title: 'A port that drops every SYN',
  cause: 'url',
  codes: ['url.unreachable'],
  start: async (grounds) => {
    const port = await grounds.freePort();
    const child = await grounds.run('/usr/bin/python3', [grounds.file('full.py', full(port))], { port: 0 });
    await new Promise<void>((resolve, reject) => {
      child.once('exit', () => reject(new Error('no full queue here')));
      const look = setInterval(() => {
        if (!existsSync(join(grounds.folder, 'ready'))) return;
        clearInterval(look);
        resolve();
      }, 20);
    });
    return { url: `ws://127.0.0.1:${port}/chat` };
  },
};

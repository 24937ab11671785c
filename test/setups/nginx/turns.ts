import { createServer } from 'node:http';
import { listen } from '../node-server.js';
import type { Setup } from '../setup.js';
import { startApp } from './support.js';
import { location, nginxWith, upgradeLines } from './through.js';

export const setup: Setup = {
  id: 'nginx-turns',
  title: 'nginx that takes turns between two servers, of which one fails: every second handshake is 500, whatever it offers',
  needs: ['nginx'],
  cause: 'server',
  codes: ['server.internal-error'],
  start: async (grounds) => {
    const broken = createServer((_, response) => response.writeHead(500).end('boom\n'));
    const pool = [await listen(grounds, broken), await startApp(grounds)].map((port) => `server 127.0.0.1:${port} max_fails=0;`);
    const asking = await nginxWith(grounds, location('proxy_pass http://pool;', upgradeLines), `upstream pool { ${pool.join(' ')} }`);
    return { ...asking, protocols: ['chat'], origin: 'https://app.example' };
  },
  doctorOnly: 'The second client meets the other server.',
};

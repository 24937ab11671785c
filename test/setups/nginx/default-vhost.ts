import type { Setup } from '../setup.js';
import { startApp, startNginx } from './support.js';
import { location, passTo, upgradeLines } from './through.js';

export const setup: Setup = {
  id: 'nginx-default-vhost',
  title: 'nginx knows the application by another server_name, and answers 421 for the rest',
  needs: ['nginx'],
  cause: 'url',
  codes: ['url.wrong-host'],
  start: async (grounds) => {
    const app = await startApp(grounds);
    const port = await startNginx(grounds, {
      server: (at) =>
        `listen 127.0.0.1:${at.port} default_server; return 421; } server { listen 127.0.0.1:${at.port}; server_name app.example; ${location(passTo(app), upgradeLines)}`,
    });
    return { url: `ws://127.0.0.1:${port}/chat` };
  },
};

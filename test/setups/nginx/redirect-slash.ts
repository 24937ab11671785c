import type { Setup } from '../setup.js';
import { startApp } from './support.js';
import { nginxWith, passTo, upgradeLines } from './through.js';

export const setup: Setup = {
  id: 'nginx-redirect-slash',
  title: 'nginx redirects /chat to /chat/, where the WebSocket is',
  needs: ['nginx'],
  cause: 'server',
  codes: ['server.redirect'],
  start: async (grounds) => nginxWith(grounds, `location /chat/ { ${passTo(await startApp(grounds))} ${upgradeLines} }`),
};

import { startNginx } from '../nginx/support.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'network-login-redirect-other-host',
  title: 'A gateway that sends everybody to a login page on another host, whose name does not say what it is',
  needs: ['nginx'],
  cause: 'intermediary',
  codes: ['intermediary.captive-portal', 'server.auth', 'server.redirect'],
  start: async (grounds) => {
    const port = await startNginx(grounds, {
      server: (at) => `listen 127.0.0.1:${at.port}; return 302 https://10.0.0.1:8443/login.html;`,
    });
    return { url: `ws://127.0.0.1:${port}/chat` };
  },
};

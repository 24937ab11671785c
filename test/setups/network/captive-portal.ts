import { startNginx } from '../nginx/support.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'network-captive-portal',
  title: 'The gateway of a guest network (nginx) sends everybody to its login page',
  needs: ['nginx'],
  cause: 'intermediary',
  codes: ['intermediary.captive-portal'],
  start: async (grounds) => {
    const port = await startNginx(grounds, {
      server: (at) =>
        `listen 127.0.0.1:${at.port}; return 302 http://login.guest-wifi.example/portal?url=$scheme://$http_host$request_uri;`,
    });
    return { url: `ws://127.0.0.1:${port}/chat` };
  },
};

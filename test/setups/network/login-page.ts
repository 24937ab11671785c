import { startNginx } from '../nginx/support.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'network-login-page',
  title: 'The gateway of a guest network (nginx) answers every request with its login page',
  needs: ['nginx'],
  cause: 'intermediary',
  codes: ['intermediary.captive-portal'],
  start: async (grounds) => {
    const page = grounds.file(
      'portal/index.html',
      '<!doctype html><title>Guest WiFi login</title><h1>Welcome to the hotspot</h1><form action="/login" method="post"><input name="room"><button>Accept terms</button></form>\n',
    );
    const port = await startNginx(grounds, {
      server: (at) =>
        `listen 127.0.0.1:${at.port}; root ${page.replace('/index.html', '')}; location / { rewrite ^ /index.html break; default_type text/html; }`,
    });
    return { url: `ws://127.0.0.1:${port}/chat` };
  },
};

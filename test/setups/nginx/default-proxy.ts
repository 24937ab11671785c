import { remedyOf } from '../remedy-of.js';
import type { Setup } from '../setup.js';
import { startApp, startNginx } from './support.js';

export const setup: Setup = {
  id: 'nginx-default-proxy',
  title: 'nginx with proxy_pass alone: HTTP/1.0 to the application, and no Upgrade',
  needs: ['nginx'],
  cause: 'intermediary',
  codes: ['intermediary.upgrade-stripped'],
  start: async (grounds) => {
    const app = await startApp(grounds);
    const port = await startNginx(grounds, {
      server: (at) => `listen 127.0.0.1:${at.port}; location / { proxy_pass http://127.0.0.1:${app}; }`,
    });
    return { url: `ws://127.0.0.1:${port}/chat` };
  },
  mends: [['nginx', 'upgrade']],
  mended: async (grounds) => {
    const app = await startApp(grounds);
    const [map = '', ...location] = remedyOf('nginx', 'upgrade').split(/\n(?=location)/);
    const port = await startNginx(grounds, {
      http: map,
      server: (at) =>
        `listen 127.0.0.1:${at.port}; ${location.join('\n').replace('location /ws/', 'location /').replace('http://app', `http://127.0.0.1:${app}`)}`,
    });
    return { url: `ws://127.0.0.1:${port}/chat` };
  },
};

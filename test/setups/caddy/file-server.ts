import { startApp } from '../nginx/support.js';
import type { Setup } from '../setup.js';
import { caddyWith } from './support.js';

export const setup: Setup = {
  id: 'caddy-file-server',
  title: 'Caddy serves files, and passes only another path on: 404',
  needs: ['caddy'],
  cause: 'url',
  codes: ['url.not-found'],
  start: async (grounds) =>
    caddyWith(grounds, `root * ${grounds.folder}\nreverse_proxy /live 127.0.0.1:${await startApp(grounds)}\nfile_server`),
};

import type { Setup } from '../setup.js';
import { caddyWith } from './support.js';

export const setup: Setup = {
  id: 'caddy-spa',
  title: 'Caddy answers every unknown path with index.html: 200',
  needs: ['caddy'],
  cause: 'url',
  codes: ['url.wrong-endpoint'],
  start: (grounds) => {
    grounds.file('site/index.html', '<!doctype html><html><body><div id="root"></div></body></html>\n');
    return caddyWith(grounds, `root * ${grounds.folder}/site\ntry_files {path} /index.html\nfile_server`);
  },
};

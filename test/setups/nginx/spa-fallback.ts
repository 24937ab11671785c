import type { Setup } from '../setup.js';
import { location, nginxWith } from './through.js';

export const setup: Setup = {
  id: 'nginx-spa-fallback',
  title: 'nginx answers every unknown path with the index.html of a single-page application: 200',
  needs: ['nginx'],
  cause: 'url',
  codes: ['url.wrong-endpoint'],
  start: (grounds) => {
    grounds.file('site/index.html', '<!doctype html><html><head><title>App</title></head><body><div id="root"></div></body></html>\n');
    return nginxWith(grounds, `root ${grounds.folder}/site; types { text/html html; } ${location('try_files $uri /index.html;')}`);
  },
};

import type { Setup } from '../setup.js';
import { apacheWith } from './support.js';

export const setup: Setup = {
  id: 'apache-static-page',
  title: 'Apache serves a page of its own at the path, and passes nothing on',
  needs: ['apache2'],
  cause: 'url',
  codes: ['url.wrong-endpoint'],
  start: (grounds) => {
    grounds.file('www/index.html', '<!doctype html><html><body><div id="app"></div></body></html>\n');
    const types = 'AddType text/html .html';
    return apacheWith(grounds, `DocumentRoot ${grounds.folder}/www\n${types}\nFallbackResource /index.html`);
  },
};

import type { Setup } from '../setup.js';
import { startCaddy } from './support.js';

export const setup: Setup = {
  id: 'url-caddy-page',
  title: 'Caddy that answers every path with a page',
  needs: ['caddy'],
  cause: 'url',
  codes: ['url.wrong-endpoint'],
  start: async (grounds) => {
    const page = grounds.file('site/index.html', '<!doctype html><title>Acme</title><h1>Welcome</h1>\n');
    const port = await startCaddy(grounds, `root * ${page.replace('/index.html', '')}\n  try_files {path} /index.html\n  file_server`);
    return { url: `ws://127.0.0.1:${port}/chat` };
  },
};

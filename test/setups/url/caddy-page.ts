import { startApp } from '../nginx/support.js';
import type { Setup } from '../setup.js';
import { startCaddy } from './support.js';

export const setup: Setup = {
  id: 'url-caddy-page',
  title: 'Caddy that answers every path with the page of the application, and has the WebSocket at /ws',
  needs: ['caddy'],
  cause: 'url',
  codes: ['url.wrong-endpoint'],
  doctorOnly: 'That the WebSocket lives at another path shows when that is tried.',
  start: async (grounds) => {
    const app = await startApp(grounds);
    const page = grounds.file('site/index.html', '<!doctype html><title>Acme</title><h1>Welcome</h1>\n');
    const directives = `handle /ws {
    reverse_proxy 127.0.0.1:${app}
  }
  handle {
    root * ${page.replace('/index.html', '')}
    try_files {path} /index.html
    file_server
  }`;
    return { url: `ws://127.0.0.1:${await startCaddy(grounds, directives)}/chat` };
  },
};

import { startApp } from '../nginx/support.js';
import type { Setup } from '../setup.js';
import { lighttpdWith } from './support.js';

export const setup: Setup = {
  id: 'lighttpd-not-found',
  title: 'lighttpd passes only another path on: its own 404',
  needs: ['lighttpd'],
  cause: 'url',
  codes: ['url.not-found'],
  start: async (grounds) =>
    lighttpdWith(grounds, `proxy.server = ("/live" => (("host" => "127.0.0.1", "port" => ${await startApp(grounds)})))`),
};

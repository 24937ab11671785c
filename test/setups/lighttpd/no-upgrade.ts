import { startApp } from '../nginx/support.js';
import { remedyOf } from '../remedy-of.js';
import type { Setup } from '../setup.js';
import { lighttpdWith } from './support.js';

const pass = (app: number): string => `proxy.server = ("" => (("host" => "127.0.0.1", "port" => ${app})))`;

export const setup: Setup = {
  id: 'lighttpd-no-upgrade',
  title: 'lighttpd with proxy.server, and not told of upgrades',
  needs: ['lighttpd'],
  cause: 'intermediary',
  codes: ['intermediary.upgrade-stripped'],
  start: async (grounds) => lighttpdWith(grounds, pass(await startApp(grounds))),
  mends: [['lighttpd', 'upgrade']],
  mended: async (grounds) => lighttpdWith(grounds, `${pass(await startApp(grounds))}\n${remedyOf('lighttpd', 'upgrade')}`),
};

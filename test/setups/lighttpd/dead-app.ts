import type { Setup } from '../setup.js';
import { lighttpdWith } from './support.js';

export const setup: Setup = {
  id: 'lighttpd-dead-app',
  title: 'lighttpd before a port where nothing listens: 503',
  needs: ['lighttpd'],
  cause: 'intermediary',
  codes: ['intermediary.unavailable', 'intermediary.bad-gateway'],
  start: async (grounds) =>
    lighttpdWith(
      grounds,
      `proxy.header = ("upgrade" => "enable")\nproxy.server = ("" => (("host" => "127.0.0.1", "port" => ${await grounds.freePort()})))`,
    ),
};

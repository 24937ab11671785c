import { remedyOf } from '../remedy-of.js';
import type { Setup } from '../setup.js';
import { startWebpack } from './support.js';

const headers = { Host: 'my.host' };

export const setup: Setup = {
  id: 'webpack-allowed-hosts',
  title: 'webpack-dev-server under a host name that is not in allowedHosts: 101, a message, and the end',
  cause: 'url',
  codes: ['url.wrong-host'],
  start: async (grounds) => ({ url: `ws://127.0.0.1:${await startWebpack(grounds, '')}/ws`, headers, origin: 'http://my.host' }),
  mends: [['webpack-dev-server', 'host']],
  mended: async (grounds) => ({
    url: `ws://127.0.0.1:${await startWebpack(grounds, remedyOf('webpack-dev-server', 'host'))}/ws`,
    headers,
    origin: 'http://my.host',
  }),
};

import { startApp } from '../nginx/support.js';
import { remedyOf } from '../remedy-of.js';
import type { Setup } from '../setup.js';
import { startWebpack } from './support.js';

export const setup: Setup = {
  id: 'webpack-proxy-without-ws',
  title: 'webpack-dev-server that proxies /live without `ws: true`: nobody answers',
  cause: 'server',
  codes: ['server.no-upgrade-handler', 'server.slow'],
  start: async (grounds) => {
    const app = await startApp(grounds);
    const port = await startWebpack(grounds, `proxy: [{ context: ['/live'], target: 'http://127.0.0.1:${app}' }]`);
    return { url: `ws://127.0.0.1:${port}/live` };
  },
  mends: [['webpack-dev-server', 'upgrade']],
  mended: async (grounds) => {
    const app = await startApp(grounds);
    const code = remedyOf('webpack-dev-server', 'upgrade').replace('localhost:8080', `127.0.0.1:${app}`).replace("'/ws'", "'/live'");
    const port = await startWebpack(grounds, code);
    // It lets nobody past without an Origin of its own (403 by 5.2.7).
    return { url: `ws://127.0.0.1:${port}/live`, origin: `http://127.0.0.1:${port}` };
  },
};

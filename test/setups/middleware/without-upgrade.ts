import { startApp } from '../nginx/support.js';
import { remedyOf } from '../remedy-of.js';
import type { Setup } from '../setup.js';
import { runProxy } from './support.js';

const line = "server.on('upgrade', proxy.upgrade);";
const shown = remedyOf('http-proxy-middleware', 'upgrade');

export const setup: Setup = {
  id: 'middleware-without-upgrade',
  title: 'http-proxy-middleware with `ws: true` and without the line that gives it the upgrades: the first one is lost',
  cause: 'server',
  codes: ['server.no-upgrade-handler', 'server.slow'],
  doctorOnly: 'it takes upgrades from its second request on, and doctor has made that',
  start: async (grounds) => {
    const target = await startApp(grounds);
    return { url: `ws://127.0.0.1:${await runProxy(grounds, { code: shown.replace(line, ''), target })}/ws` };
  },
  mends: [['http-proxy-middleware', 'upgrade']],
  mended: async (grounds) => {
    const target = await startApp(grounds);
    return { url: `ws://127.0.0.1:${await runProxy(grounds, { code: shown, target })}/ws` };
  },
};

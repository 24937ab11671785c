import { startGorilla } from '../go/support.js';
import type { Grounds } from '../grounds.js';
import { remedyOf } from '../remedy-of.js';
import type { Setup } from '../setup.js';
import { runProxy } from './support.js';

const startProxy = async (grounds: Grounds, config: string) => {
  const target = await startGorilla(grounds, { upgrader: 'websocket.Upgrader{}' });
  const code = `const proxy = ${config}\napp.use(proxy);\napp.listen(8080).on('upgrade', proxy.upgrade);`;
  const port = await runProxy(grounds, { code, target });
  return { url: `ws://127.0.0.1:${port}/ws`, origin: `http://127.0.0.1:${port}` };
};
const shown = remedyOf('http-proxy-middleware', 'host');

export const setup: Setup = {
  id: 'middleware-change-origin',
  title: 'http-proxy-middleware with `changeOrigin: true` in front of gorilla, which compares Origin and Host',
  needs: ['go', 'gorilla'],
  cause: 'origin',
  codes: ['origin.rejected', 'origin.host-rewritten'],
  start: (grounds) => startProxy(grounds, shown.replace('changeOrigin: false', 'changeOrigin: true')),
  mends: [['http-proxy-middleware', 'host']],
  mended: (grounds) => startProxy(grounds, shown),
};

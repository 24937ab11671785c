import { startApp } from '../nginx/support.js';
import type { Setup } from '../setup.js';
import { runProxy } from './support.js';

export const setup: Setup = {
  id: 'middleware-without-ws',
  title: 'http-proxy-middleware that knows plain HTTP only',
  cause: 'intermediary',
  codes: ['intermediary.gateway-timeout', 'intermediary.bad-gateway', 'intermediary.upgrade-stripped'],
  start: async (grounds) => {
    const target = await startApp(grounds);
    const code = "app.use('/ws', createProxyMiddleware({ target: 'http://localhost:9000' }));\napp.listen(8080);";
    return { url: `ws://127.0.0.1:${await runProxy(grounds, { code, target })}/ws` };
  },
};

import { startApp } from '../nginx/support.js';
import type { Setup } from '../setup.js';
import { runProxy } from './support.js';

export const setup: Setup = {
  id: 'middleware-without-ws',
  title: 'http-proxy-middleware that knows plain HTTP only: the handshake goes to the application, whose 101 never comes back',
  cause: 'server',
  codes: ['server.no-upgrade-handler', 'server.slow'],
  start: async (grounds) => {
    const target = await startApp(grounds);
    const code = "app.use('/ws', createProxyMiddleware({ target: 'http://localhost:9000' }));\napp.listen(8080);";
    return { url: `ws://127.0.0.1:${await runProxy(grounds, { code, target })}/ws` };
  },
};

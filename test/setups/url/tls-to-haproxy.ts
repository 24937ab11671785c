import { startApp } from '../nginx/support.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'url-tls-to-haproxy',
  title: 'wss:// to HAProxy without TLS',
  needs: ['haproxy'],
  cause: 'url',
  codes: ['url.scheme-mismatch-tls-to-plain'],
  start: async (grounds) => {
    const [app, port] = [await startApp(grounds), await grounds.freePort()];
    const lines = `defaults
  mode http
  timeout connect 3s
  timeout client 30s
  timeout server 30s
listen site
  bind 127.0.0.1:${port}
  server one 127.0.0.1:${app}
`;
    await grounds.run(grounds.program('haproxy'), ['-db', '-f', grounds.file('haproxy.cfg', lines)], { port });
    return { url: `wss://localhost:${port}/chat` };
  },
};

import { testCertificate } from '../../support/test-certificate.js';
import { startNginx } from '../nginx/support.js';
import type { Setup } from '../setup.js';
import { haproxyWith } from './support.js';

export const setup: Setup = {
  id: 'haproxy-tcp-to-tls',
  title: 'HAProxy in mode tcp before the TLS port of nginx, asked in clear',
  needs: ['haproxy', 'nginx'],
  cause: 'url',
  codes: ['url.scheme-mismatch-plain-to-tls'],
  start: async (grounds) => {
    const { cert, key } = testCertificate();
    const lines = `ssl_certificate ${grounds.file('cert.pem', cert)}; ssl_certificate_key ${grounds.file('key.pem', key)};`;
    const port = await startNginx(grounds, { server: (at) => `listen 127.0.0.1:${at.port} ssl; ${lines}` });
    return haproxyWith(grounds, 'mode tcp\ndefault_backend app', { rest: `backend app\nmode tcp\nserver one 127.0.0.1:${port}` });
  },
};

import { startWs } from '../backends.js';
import type { Setup } from '../setup.js';
import { nginxWith, upgradeLines } from './through.js';

export const setup: Setup = {
  id: 'nginx-proxy-pass-uri',
  title: 'nginx replaces /chat by / behind proxy_pass, and npm ws listens at /chat: 400',
  needs: ['nginx'],
  cause: 'url',
  codes: ['url.wrong-endpoint', 'url.not-found'],
  start: async (grounds) => {
    const app = await startWs(grounds, { path: '/chat' });
    return nginxWith(grounds, `location /chat { proxy_pass http://127.0.0.1:${app}/; ${upgradeLines} }`);
  },
};

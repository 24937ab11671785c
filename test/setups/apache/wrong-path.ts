import { startWs } from '../backends.js';
import type { Setup } from '../setup.js';
import { apacheWith } from './support.js';

export const setup: Setup = {
  id: 'apache-wrong-path',
  title: 'Apache passes /chat on as /socket, where npm ws does not listen: 400',
  needs: ['apache2'],
  cause: 'url',
  codes: ['url.wrong-endpoint', 'url.not-found'],
  start: async (grounds) => {
    const app = await startWs(grounds, { path: '/chat' });
    return apacheWith(grounds, `ProxyPass /chat http://127.0.0.1:${app}/socket upgrade=websocket`);
  },
};

import { startWs } from '../backends.js';
import type { Setup } from '../setup.js';
import { apacheWith } from './support.js';

export const setup: Setup = {
  id: 'apache-wrong-order',
  title: 'Apache with the http:// rule for everything before the ws:// rule: the first that fits wins',
  needs: ['apache2'],
  cause: 'intermediary',
  codes: ['intermediary.upgrade-stripped'],
  start: async (grounds) => {
    const app = await startWs(grounds);
    return apacheWith(grounds, `ProxyPass / http://127.0.0.1:${app}/\nProxyPass /chat ws://127.0.0.1:${app}/chat`, 'proxy_wstunnel');
  },
};

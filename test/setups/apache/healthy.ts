import { startApp } from '../nginx/support.js';
import type { Setup } from '../setup.js';
import { apacheWith } from './support.js';

export const setup: Setup = {
  id: 'apache-healthy',
  title: 'Apache with ProxyPass to ws://, by mod_proxy_wstunnel',
  needs: ['apache2'],
  cause: null,
  codes: [],
  start: async (grounds) => apacheWith(grounds, `ProxyPass /chat ws://127.0.0.1:${await startApp(grounds)}/chat`, 'proxy_wstunnel'),
};

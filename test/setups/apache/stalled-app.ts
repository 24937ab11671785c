import { startStalled } from '../backends.js';
import type { Setup } from '../setup.js';
import { apacheWith } from './support.js';

export const setup: Setup = {
  id: 'apache-stalled-app',
  title: 'Apache with ProxyTimeout 1 before an application that hangs',
  needs: ['apache2'],
  cause: 'intermediary',
  codes: ['intermediary.gateway-timeout', 'intermediary.bad-gateway'],
  start: async (grounds) =>
    apacheWith(grounds, `ProxyTimeout 1\nProxyPass / http://127.0.0.1:${await startStalled(grounds)}/ upgrade=websocket`),
};

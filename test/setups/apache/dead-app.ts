import type { Setup } from '../setup.js';
import { apacheWith } from './support.js';

export const setup: Setup = {
  id: 'apache-dead-app',
  title: 'Apache before a port where nothing listens: 503',
  needs: ['apache2'],
  cause: 'intermediary',
  codes: ['intermediary.unavailable', 'intermediary.bad-gateway'],
  start: async (grounds) => apacheWith(grounds, `ProxyPass / http://127.0.0.1:${await grounds.freePort()}/ upgrade=websocket`),
};

import { startTlsApp } from '../backends.js';
import type { Setup } from '../setup.js';
import { apacheWith } from './support.js';

export const setup: Setup = {
  id: 'apache-tls-app',
  title: 'Apache speaks plain HTTP to an application that speaks TLS: 502',
  needs: ['apache2'],
  cause: 'intermediary',
  codes: ['intermediary.bad-gateway'],
  start: async (grounds) => apacheWith(grounds, `ProxyPass / http://127.0.0.1:${await startTlsApp(grounds)}/ upgrade=websocket`),
};

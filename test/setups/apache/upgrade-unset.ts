import { startApp } from '../nginx/support.js';
import type { Setup } from '../setup.js';
import { apacheWith } from './support.js';

export const setup: Setup = {
  id: 'apache-upgrade-unset',
  title: 'Apache with RequestHeader unset Upgrade',
  needs: ['apache2'],
  cause: 'intermediary',
  codes: ['intermediary.upgrade-stripped'],
  start: async (grounds) =>
    apacheWith(grounds, `RequestHeader unset Upgrade early\nProxyPass / http://127.0.0.1:${await startApp(grounds)}/ upgrade=websocket`),
};

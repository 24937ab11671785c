import type { Setup } from '../setup.js';
import { nginxWith } from './through.js';

export const setup: Setup = {
  id: 'nginx-redirect-https',
  title: 'nginx redirects everything in clear to https://',
  needs: ['nginx'],
  cause: 'intermediary',
  codes: ['intermediary.redirect-https'],
  start: (grounds) => nginxWith(grounds, 'return 301 https://$host$request_uri;'),
};

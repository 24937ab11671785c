import type { Setup } from '../setup.js';
import { nginxWith } from './through.js';

export const setup: Setup = {
  id: 'nginx-444',
  title: 'nginx with return 444: it closes without a word',
  needs: ['nginx'],
  cause: 'server',
  codes: ['server.empty-reply'],
  start: (grounds) => nginxWith(grounds, 'return 444;'),
};

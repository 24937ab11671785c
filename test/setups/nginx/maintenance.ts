import type { Setup } from '../setup.js';
import { nginxWith } from './through.js';

export const setup: Setup = {
  id: 'nginx-maintenance',
  title: 'nginx in maintenance: return 503 with Retry-After',
  needs: ['nginx'],
  cause: 'intermediary',
  codes: ['intermediary.unavailable'],
  start: (grounds) => nginxWith(grounds, 'add_header Retry-After 120 always; return 503;'),
};

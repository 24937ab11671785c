import type { Setup } from '../setup.js';
import { lighttpdWith } from './support.js';

export const setup: Setup = {
  id: 'lighttpd-denied',
  title: 'lighttpd with url.access-deny for everything: 403',
  needs: ['lighttpd'],
  cause: 'server',
  codes: ['server.forbidden'],
  start: (grounds) => lighttpdWith(grounds, 'url.access-deny = ("")'),
};

import type { Setup } from '../setup.js';
import { nginxBefore, upgradeLines } from './through.js';

export const setup: Setup = {
  id: 'nginx-healthy',
  title: 'nginx with the three lines, gzip and buffering',
  needs: ['nginx'],
  cause: null,
  codes: [],
  start: (grounds) =>
    nginxBefore(grounds, `${upgradeLines} gzip on; gzip_types *; gzip_proxied any; proxy_buffering on;`, { heartbeatMs: 100 }),
};

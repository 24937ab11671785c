import type { Setup } from '../setup.js';
import { nginxBefore, upgradeLines } from './through.js';

export const setup: Setup = {
  id: 'nginx-deny-all',
  title: 'nginx with deny all: 403, whatever the Origin',
  needs: ['nginx'],
  cause: 'server',
  codes: ['server.forbidden'],
  start: (grounds) => nginxBefore(grounds, `${upgradeLines} deny all;`),
};

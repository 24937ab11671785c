import { remedyOf } from '../remedy-of.js';
import type { Setup } from '../setup.js';
import { nginxBefore, upgradeLines } from './through.js';

export const setup: Setup = {
  id: 'nginx-idle-cut',
  title: 'nginx with proxy_read_timeout 1s: FIN, no Close, one second after the last byte',
  needs: ['nginx'],
  cause: 'intermediary',
  codes: ['intermediary.idle-timeout'],
  holdMs: 4000,
  start: (grounds) => nginxBefore(grounds, `${upgradeLines} proxy_read_timeout 1s;`),
  mends: [['nginx', 'idle']],
  mended: (grounds) => nginxBefore(grounds, `${upgradeLines} ${remedyOf('nginx', 'idle')}`),
};

import type { Setup } from '../setup.js';
import { nginxBefore, upgradeLines } from './through.js';

export const setup: Setup = {
  id: 'nginx-hidden-accept',
  title: 'nginx hides Sec-WebSocket-Accept in the 101',
  needs: ['nginx'],
  cause: 'server',
  codes: ['server.accept-missing'],
  start: (grounds) => nginxBefore(grounds, `${upgradeLines} proxy_hide_header Sec-WebSocket-Accept;`),
};

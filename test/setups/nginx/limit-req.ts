import type { Setup } from '../setup.js';
import { startApp } from './support.js';
import { location, nginxWith, passTo, upgradeLines } from './through.js';

export const setup: Setup = {
  id: 'nginx-limit-req',
  title: 'nginx with limit_req, and one handshake too many: its own 503',
  needs: ['nginx'],
  cause: 'intermediary',
  codes: ['intermediary.rate-limited', 'intermediary.unavailable'],
  start: async (grounds) => {
    const asking = await nginxWith(
      grounds,
      location(passTo(await startApp(grounds)), upgradeLines, 'limit_req zone=handshakes;'),
      'limit_req_zone $binary_remote_addr zone=handshakes:1m rate=1r/m;',
    );
    await fetch(asking.url.replace('ws:', 'http:'));
    return asking;
  },
};

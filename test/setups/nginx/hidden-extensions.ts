import { startWs } from '../backends.js';
import type { Setup } from '../setup.js';
import { location, nginxWith, passTo, upgradeLines } from './through.js';

export const setup: Setup = {
  id: 'nginx-hidden-extensions',
  title: 'nginx hides Sec-WebSocket-Extensions in the 101, and the application compresses all the same',
  needs: ['nginx'],
  cause: 'frame',
  codes: ['frame.rsv'],
  start: async (grounds) => {
    const app = await startWs(grounds, { greeting: 'hello, hello, hello' });
    return nginxWith(grounds, location(passTo(app), upgradeLines, 'proxy_hide_header Sec-WebSocket-Extensions;'));
  },
};

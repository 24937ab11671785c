import { startWs } from '../backends.js';
import type { Setup } from '../setup.js';
import { location, nginxWith, passTo, upgradeLines } from './through.js';

export const setup: Setup = {
  id: 'nginx-healthy-no-extensions',
  title: 'nginx takes the offer of compression out of the request: nothing is compressed, and nothing breaks',
  needs: ['nginx'],
  cause: null,
  codes: [],
  start: async (grounds) => {
    const app = await startWs(grounds, { greeting: 'hello, hello, hello' });
    return nginxWith(grounds, location(passTo(app), upgradeLines, 'proxy_set_header Sec-WebSocket-Extensions "";'));
  },
};

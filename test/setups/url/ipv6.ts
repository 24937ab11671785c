import { startEchoServer } from '../../support/echo-server.js';
import type { Setup } from '../setup.js';

export const setup: Setup = {
  id: 'url-ipv6',
  title: 'npm ws on ::1, asked there',
  cause: null,
  codes: [],
  start: async (grounds) => {
    const app = await startEchoServer({ host: '::1' });
    grounds.atEnd(() => app.close());
    return { url: `ws://[::1]:${app.port}/chat` };
  },
};
